import type { Line } from '../base/brand.ts';
import type { Dialect } from './dialect.ts';
import type { FileFacts } from './facts.ts';
import type { BindingRef, Caller, CallRef, CallTargets, FunctionRef, Target } from './link-types.ts';
import { Flow } from './links/flow.ts';
import { Objects } from './links/objects.ts';
import { Program } from './links/program.ts';
import { Registered } from './links/registered.ts';
import { Meanings } from './links/slots.ts';
import { Sources } from './links/sources.ts';
import { Types } from './links/types.ts';

/**
 * Joins the facts of the files of one tree: names to definitions, calls to the functions they reach, through function
 * pointers too. Nothing is computed before it is asked for; what was computed is kept.
 */
export class Links {
  readonly #program: Program;
  readonly #meanings: Meanings;
  readonly #flow: Flow;
  readonly #objects: Objects;
  readonly #registered: Registered;
  readonly #targets = new Map<CallRef['fact'], CallTargets>();

  constructor(files: Iterable<FileFacts>, dialect: Dialect) {
    this.#program = new Program(files, dialect);
    const types = new Types(this.#program);
    this.#meanings = new Meanings(this.#program, types);
    this.#flow = new Flow(this.#program, this.#meanings, new Sources(this.#program, types, this.#meanings));
    this.#objects = new Objects(this.#meanings, this.#flow);
    this.#registered = new Registered(this.#program, this.#meanings, this.#flow, this.#objects);
  }

  /** The dialect the facts were read with. */
  get dialect(): Dialect {
    return this.#program.dialect;
  }

  /** Facts of one file, by its path relative to the tree. */
  file(path: string): FileFacts | undefined {
    return this.#program.files.get(path);
  }

  /** The facts of every file. */
  allFiles(): Iterable<FileFacts> {
    return this.#program.files.values();
  }

  /** Every call of that name, macro invocations at file scope too. */
  callsNamed(name: string): readonly CallRef[] {
    return this.#program.callsNamed(name);
  }

  /** Every definition with that name, spelled as in `FunctionFact.name`; macros that take arguments too. */
  functionsNamed(name: string): readonly FunctionRef[] {
    return this.#program.functionsNamed(name);
  }

  /** The function whose lines hold `line`. */
  functionAt(path: string, line: Line): FunctionRef | undefined {
    return this.#program.functionAtLine(path, line);
  }

  /** The calls inside a function, in source order. */
  callsIn(fn: FunctionRef): readonly CallRef[] {
    const calls = this.#program.files.get(fn.file)?.calls ?? [];
    return calls
      .filter((c) => c.inFunction === fn.fact.name && c.line >= fn.fact.line && c.line <= fn.fact.endLine)
      .map((fact) => ({ file: fn.file, fact }));
  }

  /** Every place that puts the named function where a pointer is kept, arguments included. */
  bindingsOf(functionName: string): readonly BindingRef[] {
    return this.#program.bindingsFrom(functionName).filter((binding) => binding.fact.value === functionName);
  }

  /** The functions a call may reach: by its name, through the pointer it calls, or as handlers that it makes run. */
  targetsOf(call: CallRef): CallTargets {
    let targets = this.#targets.get(call.fact);
    if (targets === undefined) {
      targets = this.#resolve(call);
      this.#targets.set(call.fact, targets);
    }
    return targets;
  }

  /** The calls that may reach a function: by its name, through pointers, and those that make it run as a handler. */
  callersOf(fn: FunctionRef): readonly Caller[] {
    const byName = this.#program.callsNamed(fn.fact.name).filter((call) => !call.fact.indirect);
    const others = [
      ...this.#flow.pointerCallsOf(fn),
      ...this.#registered.runnersOf(fn),
      ...this.#throughMemberNames(fn),
    ];
    const calls = [...new Set([...byName, ...others])];
    return calls.flatMap((call) => {
      const target = this.targetsOf(call).targets.find((it) => it.function.fact === fn.fact);
      return target === undefined ? [] : [{ call, confidence: target.confidence, bindings: target.bindings }];
    });
  }

  /** The functions that an argument of a call may be: named there, or handed on through variables and parameters. */
  functionsPassed(call: CallRef, argument: number): readonly Target[] {
    const site = { file: call.file, inFunction: call.fact.inFunction };
    const { functions, slots } = this.#meanings.of(call.fact.args[argument] ?? '', site);
    return [...functions.map(directly), ...this.#flow.functionsIn(slots)];
  }

  /** Keys of the objects that an argument of a call may name: two calls with a key in common may mean one object. */
  objectsNamed(call: CallRef, argument: number): ReadonlySet<string> {
    const text = call.fact.args[argument];
    return text === undefined
      ? new Set()
      : this.#objects.of(text, { file: call.file, inFunction: call.fact.inFunction });
  }

  /** Calls through a member of a name that somewhere holds the function: they count as possible where no type says more. */
  #throughMemberNames(fn: FunctionRef): CallRef[] {
    const members = this.bindingsOf(fn.fact.name).map(({ fact }) => (fact.callee === '' ? fact.target : ''));
    return [...new Set(members)].flatMap((name) => this.#program.callsNamed(name).filter((call) => call.fact.indirect));
  }

  #resolve(call: CallRef): CallTargets {
    const registered = this.#registered.startedBy(call);
    const direct = call.fact.indirect ? [] : this.#direct(call);
    if (direct.length + registered.length > 0) {
      return { targets: [...direct, ...registered] };
    }
    const { functions, slots } = this.#flow.calledBy(call);
    const targets = [...functions.map(directly), ...this.#flow.functionsIn(slots)];
    if (targets.length > 0) {
      return { targets };
    }
    const unknown = slots.every((slot) => slot.kind === 'unknown');
    return { targets, reason: !call.fact.indirect ? 'not-indexed' : unknown ? 'receiver-unknown' : 'nothing-bound' };
  }

  #direct(call: CallRef): Target[] {
    return this.#program.visibleFunctions(call.fact.name, call.file).map(directly);
  }
}

const directly = (fn: FunctionRef): Target => ({ function: fn, confidence: 'found', how: 'direct', bindings: [] });
