import type { Registrar, Runner } from '../dialect.ts';
import type { CallFact, FunctionFact } from '../facts.ts';
import type { Place, Target } from '../link-types.ts';
import type { Flow } from './flow.ts';
import { groupBy, Lazy } from './multimap.ts';
import type { Objects } from './objects.ts';
import type { In, Program } from './program.ts';
import type { Meanings } from './slots.ts';

type Keys = ReadonlySet<string>;

/** A call that files a handler under an object. */
interface Registration {
  readonly call: In<CallFact>;
  readonly registrar: Registrar;
  readonly objects: Keys;
}

/** A call that puts an entry on an object. */
interface Attachment {
  readonly call: In<CallFact>;
  readonly kind: string;
  readonly objects: Keys;
  readonly entries: Keys;
}

/** Handlers that run because of a call that names their object: work items, timers, wait queue entries. */
export class Registered {
  readonly #program: Program;
  readonly #meanings: Meanings;
  readonly #flow: Flow;
  readonly #objects: Objects;
  readonly #registrations = new Lazy(() => groupBy(this.#findRegistrations(), (it) => it.registrar.kind));
  readonly #attachments = new Lazy(() => groupBy(this.#findAttachments(), (it) => it.kind));

  constructor(program: Program, meanings: Meanings, flow: Flow, objects: Objects) {
    this.#program = program;
    this.#meanings = meanings;
    this.#flow = flow;
    this.#objects = objects;
  }

  /** The handlers that a call makes run; none where it is no such call. */
  startedBy(call: In<CallFact>): Target[] {
    const runners = this.#program.dialect.runners.filter((runner) => runner.name === call.fact.name);
    return runners.flatMap((runner) => this.#started(call, runner));
  }

  /** The calls that may make a function run as a handler: all runners of the kinds it is registered for. */
  runnersOf(fn: In<FunctionFact>): readonly In<CallFact>[] {
    const kinds = new Set<string>();
    for (const [kind, registrations] of this.#registrations.value) {
      if (registrations.some((it) => this.#handlers(it, [], true).some((t) => t.function.fact === fn.fact))) {
        kinds.add(kind);
      }
    }
    const names = this.#program.dialect.runners.filter((runner) => kinds.has(runner.kind)).map((runner) => runner.name);
    return [...new Set(names)].flatMap((name) => this.#program.callsNamed(name));
  }

  #started(call: In<CallFact>, runner: Runner): Target[] {
    const sees = (it: { readonly call: In<CallFact> }): boolean => this.#program.units.sees(call.file, it.call.file);
    const all = (this.#registrations.value.get(runner.kind) ?? []).filter(sees);
    const objects = this.#keys(call, runner.object);
    if (objects.size === 0) {
      return all.flatMap((it) => this.#handlers(it, [], false));
    }
    const own = all.filter((it) => meet(it.objects, objects)).flatMap((it) => this.#handlers(it, [], true));
    const attached = (this.#attachments.value.get(runner.kind) ?? [])
      .filter((it) => sees(it) && meet(it.objects, objects))
      .flatMap((attachment) =>
        all
          .filter((it) => meet(it.objects, attachment.entries))
          .flatMap((it) => this.#handlers(it, [placeOf(attachment.call)], true)),
      );
    return merged([...own, ...attached]);
  }

  #handlers({ call, registrar }: Registration, before: readonly Place[], certain: boolean): Target[] {
    const site = { file: call.file, inFunction: call.fact.inFunction };
    const { functions, slots } = this.#meanings.of(call.fact.args[registrar.handler] ?? '', site);
    const bindings = [...before, placeOf(call)];
    const direct = functions.map((fn): Target => {
      return { function: fn, confidence: certain ? 'found' : 'possible', how: 'registered', bindings };
    });
    const flowing = slots.length === 0 ? [] : this.#flow.functionsIn(slots);
    return [
      ...direct,
      ...flowing.map((target): Target => {
        const confidence = certain ? target.confidence : 'possible';
        return { ...target, confidence, how: 'registered', bindings: [...bindings, ...target.bindings] };
      }),
    ];
  }

  *#findRegistrations(): Iterable<Registration> {
    for (const registrar of this.#program.dialect.registrars) {
      for (const call of this.#program.callsNamed(registrar.name)) {
        if (call.fact.args.length > registrar.handler) {
          yield { call, registrar, objects: this.#keys(call, registrar.object) };
        }
      }
    }
  }

  *#findAttachments(): Iterable<Attachment> {
    for (const attacher of this.#program.dialect.attachers) {
      for (const call of this.#program.callsNamed(attacher.name)) {
        const { kind } = attacher;
        yield { call, kind, objects: this.#keys(call, attacher.object), entries: this.#keys(call, attacher.entry) };
      }
    }
  }

  #keys(call: In<CallFact>, argument: number): Keys {
    const text = call.fact.args[argument];
    const site = { file: call.file, inFunction: call.fact.inFunction };
    return text === undefined ? new Set() : this.#objects.of(text, site);
  }
}

const placeOf = (call: In<CallFact>): Place => ({ file: call.file, line: call.fact.line });

const meet = (a: Keys, b: Keys): boolean => [...a].some((key) => b.has(key));

/** Each function once, with the places of all its registrations. */
function merged(targets: readonly Target[]): Target[] {
  const groups = groupBy(targets, ({ function: { file, fact } }) => `${file}:${fact.line}:${fact.name}`);
  return [...groups.values()].flatMap((group) => {
    const first = group.find((target) => target.confidence === 'found') ?? group[0];
    const places = new Map(group.flatMap((it) => it.bindings).map((place) => [`${place.file}:${place.line}`, place]));
    return first === undefined ? [] : [{ ...first, bindings: [...places.values()] }];
  });
}
