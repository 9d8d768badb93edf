import type { Registrar, Runner } from '../dialect.ts';
import type { CallFact } from '../facts.ts';
import type { Target } from '../link-types.ts';
import type { Flow } from './flow.ts';
import { groupBy, Lazy } from './multimap.ts';
import type { In, Program } from './program.ts';
import type { Meanings } from './slots.ts';

/** A call that files a handler under an object. */
interface Registration {
  readonly call: In<CallFact>;
  readonly registrar: Registrar;
  /** Keys of the slots that the object may be; none where it cannot be told. */
  readonly objects: ReadonlySet<string>;
}

/** Handlers that run because of a call that names their object: work items, timers, wait queue entries. */
export class Registered {
  readonly #program: Program;
  readonly #meanings: Meanings;
  readonly #flow: Flow;
  readonly #byKind = new Lazy(() => groupBy(this.#registrations(), (it) => it.registrar.kind));

  constructor(program: Program, meanings: Meanings, flow: Flow) {
    this.#program = program;
    this.#meanings = meanings;
    this.#flow = flow;
  }

  /** The handlers that a call makes run; `undefined` where it is no such call. */
  startedBy(call: In<CallFact>): Target[] | undefined {
    const runners = this.#program.dialect.runners.filter((runner) => runner.name === call.fact.name);
    return runners.length === 0 ? undefined : runners.flatMap((runner) => this.#started(call, runner));
  }

  #started(call: In<CallFact>, runner: Runner): Target[] {
    const all = (this.#byKind.value.get(runner.kind) ?? []).filter((it) =>
      this.#program.units.sees(call.file, it.call.file),
    );
    const objects = runner.object < 0 ? new Set<string>() : this.#objects(call, runner.object);
    const matching = all.filter((it) => [...it.objects].some((key) => objects.has(key)));
    if (matching.length > 0) {
      return matching.flatMap((it) => this.#handlers(it, true));
    }
    return objects.size > 0 ? [] : all.flatMap((it) => this.#handlers(it, false));
  }

  #handlers({ call, registrar }: Registration, certain: boolean): Target[] {
    const site = { file: call.file, inFunction: call.fact.inFunction };
    const { functions, slots } = this.#meanings.of(call.fact.args[registrar.handler] ?? '', site);
    const place = { file: call.file, line: call.fact.line };
    const direct = functions.map((fn): Target => {
      return { function: fn, confidence: certain ? 'found' : 'possible', how: 'registered', bindings: [place] };
    });
    const flowing = slots.length === 0 ? [] : this.#flow.functionsIn(slots);
    return [
      ...direct,
      ...flowing.map((target): Target => {
        const confidence = certain ? target.confidence : 'possible';
        return { ...target, confidence, how: 'registered', bindings: [place, ...target.bindings] };
      }),
    ];
  }

  *#registrations(): Iterable<Registration> {
    for (const registrar of this.#program.dialect.registrars) {
      for (const call of this.#program.callsNamed(registrar.name)) {
        if (call.fact.args.length > registrar.handler) {
          yield { call, registrar, objects: this.#objects(call, registrar.object) };
        }
      }
    }
  }

  /** The object's slots; a name that a macro declares at file scope is a variable of that file. */
  #objects(call: In<CallFact>, index: number): Set<string> {
    const text = (call.fact.args[index] ?? '').replace(/^&\s*/, '');
    const site = { file: call.file, inFunction: call.fact.inFunction };
    const { slots } = this.#meanings.of(text, site);
    const keys = slots.filter((slot) => slot.kind !== 'unknown').map((slot) => slot.key);
    return new Set(keys.length > 0 || !/^\w+$/.test(text) ? keys : [`${call.file}:${text}`]);
  }
}
