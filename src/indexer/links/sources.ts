import type { BindingFact, CallFact, FunctionFact } from '../facts.ts';
import type { Place } from '../link-types.ts';
import { parseExpression } from './expression.ts';
import { expandMacro, type Instance } from './macro-sites.ts';
import type { In, Program, Site } from './program.ts';
import { type Meanings, memberSlot, paramSlot, type Slot } from './slots.ts';
import type { RecordType, Types } from './types.ts';

/** Something that is put into a slot: an expression, where it stands, and the lines that show it. */
export interface Source {
  readonly text: string;
  readonly site: Site;
  readonly places: readonly Place[];
  /** False where only the member's name says that it is this slot. */
  readonly certain: boolean;
}

/** Finds what is put into a slot, and which slots and calls a function goes to. */
export class Sources {
  readonly #program: Program;
  readonly #types: Types;
  readonly #meanings: Meanings;
  readonly #instances = new Map<BindingFact, readonly Instance[]>();
  readonly #records = new Map<Instance, RecordType | undefined>();
  readonly #known = new Map<string, readonly Source[]>();

  constructor(program: Program, types: Types, meanings: Meanings) {
    this.#program = program;
    this.#types = types;
    this.#meanings = meanings;
  }

  /** Everything that is put into a slot by name; what only a call through a pointer passes is not among it. */
  into(slot: Slot): readonly Source[] {
    let sources = this.#known.get(slot.key);
    if (sources === undefined) {
      sources = this.#find(slot);
      this.#known.set(slot.key, sources);
    }
    return sources;
  }

  #find(slot: Slot): Source[] {
    switch (slot.kind) {
      case 'member':
        return this.#intoMember(slot.record, slot.name);
      case 'local':
        return this.#intoVariable(
          slot.name,
          (b) => b.file === slot.site.file && b.fact.inFunction === slot.site.inFunction,
        );
      case 'global':
        return this.#intoVariable(slot.name, (b) => this.#meansSlot(b, slot));
      case 'param':
        return [
          ...this.#program.callsNamed(slot.fn.fact.name).flatMap((call) => this.#argument(call, slot.fn, slot.index)),
          ...this.#intoVariable(slot.fn.fact.params[slot.index]?.name ?? '', (b) => inside(b, slot.fn)),
        ];
      case 'unknown':
        return this.#byNameAlone(slot.name, slot.file);
    }
  }

  #meansSlot(binding: In<BindingFact>, slot: Slot): boolean {
    const site = { file: binding.file, inFunction: binding.fact.inFunction };
    return this.#meanings.variable(binding.fact.target, site)?.key === slot.key;
  }

  #intoVariable(name: string, wanted: (binding: In<BindingFact>) => boolean): Source[] {
    const bindings = this.#program.bindingsInto(name);
    return bindings.filter((b) => b.fact.receiver === '' && b.fact.struct === '' && wanted(b)).map(asSource);
  }

  #intoMember(record: RecordType, name: string): Source[] {
    const positions = this.#types.positionsOf(record, name).map((position) => `#${position}`);
    const sources: Source[] = [];
    for (const target of [name, ...positions]) {
      for (const binding of this.#program.bindingsInto(target)) {
        if (!this.#program.units.sees(record.file, binding.file)) {
          continue;
        }
        for (const instance of this.#instancesOf(binding)) {
          const found = this.#recordOf(binding, instance);
          const certain = found?.key === record.key;
          if (certain || (found === undefined && target === name && binding.fact.receiver !== '')) {
            sources.push({ text: instance.texts[1] ?? '', site: instance.site, places: instance.places, certain });
          }
        }
      }
    }
    return sources;
  }

  /** What is put into any member of that name: all that can be said where the receiver's type is not known. */
  #byNameAlone(name: string, file: string): Source[] {
    return this.#program
      .bindingsInto(name)
      .filter((b) => this.#program.units.sees(file, b.file) && (b.fact.receiver !== '' || b.fact.struct !== ''))
      .map((b) => ({ ...asSource(b), certain: false }));
  }

  #recordOf(binding: In<BindingFact>, instance: Instance): RecordType | undefined {
    if (!this.#records.has(instance)) {
      const { struct } = binding.fact;
      const record =
        struct === ''
          ? this.#types.recordOf(parseExpression(instance.texts[0] ?? ''), instance.site)
          : this.#types.recordNamed(struct, binding.file);
      this.#records.set(instance, record);
    }
    return this.#records.get(instance);
  }

  /** The binding itself, or one for each invocation of the macro that it stands in. */
  #instancesOf(binding: In<BindingFact>): readonly Instance[] {
    let instances = this.#instances.get(binding.fact);
    if (instances === undefined) {
      const { receiver, value, inFunction, line } = binding.fact;
      const places = [{ file: binding.file, line }];
      const site = { file: binding.file, inFunction };
      instances = expandMacro(this.#program, { texts: [receiver, value], site, places });
      this.#instances.set(binding.fact, instances);
    }
    return instances;
  }

  /** What one call passes as an argument of that place, where it may be a call of that function. */
  #argument(call: In<CallFact>, fn: In<FunctionFact>, index: number): Source[] {
    const text = call.fact.args[index];
    const visible = call.fact.indirect ? [] : this.#program.visibleFunctions(call.fact.name, call.file);
    if (text === undefined || !visible.some((it) => it.fact === fn.fact)) {
      return [];
    }
    return [this.passed(call, index, text)];
  }

  /** An argument of a call as a source; its line is its own where the call stands over several. */
  passed(call: In<CallFact>, index: number, text: string): Source {
    const { inFunction, line, name } = call.fact;
    const bound = this.#program
      .bindingsFrom(text.replace(/^&/, ''))
      .find(
        ({ file, fact }) =>
          file === call.file &&
          fact.callee === name &&
          fact.argument === index &&
          fact.line >= line &&
          fact.line < line + 40,
      );
    return {
      text,
      site: { file: call.file, inFunction },
      places: [{ file: call.file, line: bound?.fact.line ?? line }],
      certain: true,
    };
  }

  /** The slots that a function itself is put into. */
  slotsHolding(fn: In<FunctionFact>): Slot[] {
    const slots: Slot[] = [];
    for (const binding of this.#program.bindingsFrom(fn.fact.name)) {
      if (binding.fact.value === fn.fact.name && this.#isVisible(binding.file, fn)) {
        slots.push(...this.targetsOf(binding));
      }
    }
    return slots;
  }

  /** The slots that a slot's content is copied into. */
  copiesOf(slot: Slot): Slot[] {
    if (slot.kind === 'unknown') {
      return [];
    }
    const name = slot.kind === 'param' ? (slot.fn.fact.params[slot.index]?.name ?? '') : slot.name;
    return this.#program
      .bindingsFrom(name)
      .filter(({ file, fact }) => {
        const meaning = this.#meanings.of(fact.value, { file, inFunction: fact.inFunction });
        return meaning.slots.some((it) => it.key === slot.key);
      })
      .flatMap((binding) => this.targetsOf(binding));
  }

  /** The slots that a binding stores into. */
  targetsOf(binding: In<BindingFact>): Slot[] {
    const { fact, file } = binding;
    const site = { file, inFunction: fact.inFunction };
    if (fact.callee !== '') {
      return this.#parameters(fact.callee, file, fact.argument);
    }
    if (fact.receiver === '' && fact.struct === '') {
      const slot = this.#meanings.variable(fact.target, site);
      return slot === undefined ? [] : [slot];
    }
    return this.#instancesOf(binding).flatMap((instance) => {
      const record = this.#recordOf(binding, instance);
      const name = record && this.#types.memberOf(record, fact.target)?.member.name;
      return record === undefined || name === undefined ? [] : [memberSlot(record, name)];
    });
  }

  /** The parameters that an argument of a call by name goes to. */
  parametersOf(call: In<CallFact>, argument: number): Slot[] {
    return call.fact.indirect ? [] : this.#parameters(call.fact.name, call.file, argument);
  }

  #parameters(callee: string, file: string, argument: number): Slot[] {
    const fns = this.#program.visibleFunctions(callee, file);
    return fns.filter((fn) => argument < fn.fact.params.length).map((fn) => paramSlot(fn, argument));
  }

  #isVisible(from: string, fn: In<FunctionFact>): boolean {
    return this.#program.visibleFunctions(fn.fact.name, from).some((it) => it.fact === fn.fact);
  }
}

function asSource({ file, fact }: In<BindingFact>): Source {
  return {
    text: fact.value,
    site: { file, inFunction: fact.inFunction },
    places: [{ file, line: fact.line }],
    certain: true,
  };
}

const inside = (binding: In<BindingFact>, fn: In<FunctionFact>): boolean =>
  binding.file === fn.file && binding.fact.inFunction === fn.fact.name;
