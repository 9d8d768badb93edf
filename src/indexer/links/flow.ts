import type { CallFact, FunctionFact } from '../facts.ts';
import type { Place, Target } from '../link-types.ts';
import { expandMacro } from './macro-sites.ts';
import type { In, Program } from './program.ts';
import { join, type Meaning, type Meanings, paramSlot, type Slot } from './slots.ts';
import type { Source, Sources } from './sources.ts';

/** A slot that was reached, and from which slots by which lines. */
interface Node {
  readonly slot: Slot;
  readonly from: { readonly node: Node; readonly places: readonly Place[] }[];
  readonly hands: number;
  certain: boolean;
}

/** How often a pointer may be handed on before the search gives up. */
const MAX_HANDS = 12;

/** Follows function pointers from the place that is called through back to the functions that were put there. */
export class Flow {
  readonly #program: Program;
  readonly #meanings: Meanings;
  readonly #sources: Sources;
  readonly #callers = new Map<FunctionFact, readonly In<CallFact>[]>();

  constructor(program: Program, meanings: Meanings, sources: Sources) {
    this.#program = program;
    this.#meanings = meanings;
    this.#sources = sources;
  }

  /**
   * The functions that may be in these slots, surest first. `byNameOnly` leaves out what only calls through pointers
   * pass on: who asks that is being followed already.
   */
  functionsIn(slots: readonly Slot[], byNameOnly = false): Target[] {
    const found = new Found();
    const nodes = new Map<string, Node>();
    const front: Node[] = [];
    for (const slot of slots) {
      const node = { slot, from: [], hands: 0, certain: slot.kind !== 'unknown' };
      nodes.set(slot.key, node);
      front.push(node);
    }
    for (let node = front.shift(); node !== undefined; node = front.shift()) {
      for (const source of byNameOnly ? this.#sources.into(node.slot) : this.sourcesOf(node.slot)) {
        this.#take(node, source, found, nodes, front);
      }
    }
    return found.targets();
  }

  /** Everything that is put into a slot, also by calls through pointers. */
  sourcesOf(slot: Slot): Source[] {
    return [...this.#sources.into(slot), ...this.#passedThroughPointers(slot)];
  }

  #take(node: Node, source: Source, found: Found, nodes: Map<string, Node>, front: Node[]): void {
    const certain = node.certain && source.certain;
    const { functions, slots } = this.#meanings.of(source.text, source.site);
    for (const fn of functions) {
      if (fn.fact.origin !== 'function-like-macro') {
        found.add(fn, certain, node, source.places);
      }
    }
    for (const slot of slots) {
      const known = nodes.get(slot.key);
      const reached = known ?? { slot, from: [], hands: node.hands + 1, certain };
      reached.from.push({ node, places: source.places });
      if (
        slot.kind !== 'unknown' &&
        reached.hands < MAX_HANDS &&
        (known === undefined || (certain && !known.certain))
      ) {
        reached.certain = certain;
        nodes.set(slot.key, reached);
        front.push(reached);
      }
    }
  }

  /** A parameter of a function that is itself called through a pointer gets what those calls pass. */
  #passedThroughPointers(slot: Slot): Source[] {
    if (slot.kind !== 'param' || slot.fn.fact.origin === 'function-like-macro') {
      return [];
    }
    const { index } = slot;
    return this.pointerCallsOf(slot.fn).flatMap((call) => {
      const text = call.fact.args[index];
      return text === undefined ? [] : [this.#sources.passed(call, index, text)];
    });
  }

  /** Calls through a pointer that holds the function. */
  pointerCallsOf(fn: In<FunctionFact>): readonly In<CallFact>[] {
    let calls = this.#callers.get(fn.fact);
    if (calls === undefined) {
      this.#callers.set(fn.fact, []);
      calls = [...new Set(this.#slotsReached(fn).flatMap((slot) => this.#callsThrough(slot)))];
      this.#callers.set(fn.fact, calls);
    }
    return calls;
  }

  #slotsReached(fn: In<FunctionFact>): Slot[] {
    const reached = new Map<string, Slot>();
    let front = [...this.#sources.slotsHolding(fn), ...this.#passedToPointers(fn)];
    for (let hands = 0; front.length > 0 && hands < MAX_HANDS; hands++) {
      const fresh = front.filter((slot) => !reached.has(slot.key));
      for (const slot of fresh) {
        reached.set(slot.key, slot);
      }
      front = fresh.flatMap((slot) => [...this.#sources.copiesOf(slot), ...this.#argumentsFrom(slot)]);
    }
    return [...reached.values()];
  }

  /** Parameters of functions that are called through a pointer with the function as an argument. */
  #passedToPointers(fn: In<FunctionFact>): Slot[] {
    return this.#program.bindingsFrom(fn.fact.name).flatMap(({ file, fact }) => {
      const calls = fact.callee === '' ? [] : this.#program.callsNamed(fact.callee);
      const passing = calls.filter(
        (call) => call.fact.indirect && call.file === file && call.fact.args[fact.argument] === fact.value,
      );
      return passing.flatMap((call) => this.#parametersBehind(call, fact.argument));
    });
  }

  #parametersBehind(call: In<CallFact>, argument: number): Slot[] {
    const callees = this.functionsIn(this.calledBy(call).slots, true).map((target) => target.function);
    return callees.filter((fn) => argument < fn.fact.params.length).map((fn) => paramSlot(fn, argument));
  }

  /** The parameters that a slot's content is passed to by name. */
  #argumentsFrom(slot: Slot): Slot[] {
    if (slot.kind !== 'param' && slot.kind !== 'local') {
      return [];
    }
    const site = slot.kind === 'local' ? slot.site : { file: slot.fn.file, inFunction: slot.fn.fact.name };
    const name = slot.kind === 'local' ? slot.name : (slot.fn.fact.params[slot.index]?.name ?? '');
    const calls = this.#program.files.get(site.file)?.calls ?? [];
    const passing = calls.filter((call) => call.inFunction === site.inFunction && call.args.includes(name));
    return passing.flatMap((call) =>
      call.args.flatMap((arg, argument) =>
        arg === name ? this.#sources.parametersOf({ file: site.file, fact: call }, argument) : [],
      ),
    );
  }

  /** Calls whose called expression is the slot. */
  #callsThrough(slot: Slot): In<CallFact>[] {
    const name = slot.kind === 'param' ? (slot.fn.fact.params[slot.index]?.name ?? '') : slot.name;
    return this.#program.callsNamed(name).filter((call) => this.calledBy(call).slots.some((it) => it.key === slot.key));
  }

  /** What the called expression means; in a macro's body, what it means wherever the macro is invoked. */
  calledBy({ file, fact }: In<CallFact>): Meaning {
    const site = { file, inFunction: fact.inFunction };
    const instances = expandMacro(this.#program, { texts: [fact.callee], site, places: [] });
    return join(instances.map((it) => this.#meanings.of(it.texts[0] ?? '', it.site)));
  }
}

/** One function that was found: the slots it was put into, each with the lines that put it there. */
interface Hit {
  readonly fn: In<FunctionFact>;
  readonly ends: { readonly node: Node; readonly places: readonly Place[]; readonly certain: boolean }[];
}

/** Functions found so far, each once, with every place that leads to it. */
class Found {
  readonly #hits = new Map<FunctionFact, Hit>();

  add(fn: In<FunctionFact>, certain: boolean, node: Node, places: readonly Place[]): void {
    let hit = this.#hits.get(fn.fact);
    if (hit === undefined) {
      hit = { fn, ends: [] };
      this.#hits.set(fn.fact, hit);
    }
    hit.ends.push({ node, places, certain });
  }

  targets(): Target[] {
    const all = [...this.#hits.values()].map(asTarget);
    return [...all.filter((t) => t.confidence === 'found'), ...all.filter((t) => t.confidence === 'possible')];
  }
}

function asTarget({ fn, ends }: Hit): Target {
  const sure = ends.filter((end) => end.certain);
  const bindings: Place[] = [];
  for (const { node, places } of sure.length > 0 ? sure : ends) {
    addPlaces(bindings, waysTo(node));
    addPlaces(bindings, places);
  }
  return { function: fn, confidence: sure.length > 0 ? 'found' : 'possible', how: 'pointer', bindings };
}

/** The lines of all ways from the called pointer to a slot, nearest to the pointer first. */
function waysTo(end: Node): readonly Place[] {
  const seen = new Set<Node>([end]);
  const steps: { readonly hands: number; readonly places: readonly Place[] }[] = [];
  for (const node of seen) {
    for (const { node: before, places } of node.from) {
      steps.push({ hands: before.hands, places });
      seen.add(before);
    }
  }
  return steps.sort((a, b) => a.hands - b.hands).flatMap((step) => step.places);
}

function addPlaces(places: Place[], more: readonly Place[]): void {
  for (const place of more) {
    if (!places.some((it) => it.file === place.file && it.line === place.line)) {
      places.push(place);
    }
  }
}
