import { line } from '../../base/brand.ts';
import type { FunctionRef } from '../../indexer/link-types.ts';
import { VM_ENTRY, VM_EXIT } from '../dialects/boundaries.ts';
import type { Evidence } from '../map-types.ts';
import type { Lines, TreeView } from '../tree-view.ts';
import { callsOf, firstOf, type HopContext, proven, type Side, sideOf, unproven, type Verdict } from './prover.ts';

type Instruction = (typeof VM_EXIT.instructions)[number];

/**
 * `vm_exit`: the instruction that leaves (in `from`, in the macro that makes it, or in an inline function it calls), the
 * host's entry point in the VMCS, and the entry of the exit table for its reason.
 */
export function proveVmExit(context: HopContext): Verdict {
  const from = sideOf(context.from);
  const to = sideOf(context.to);
  if (from === undefined || to === undefined) {
    return unproven('stage-absent', from === undefined ? context.hop.from : context.hop.to);
  }
  const left = instructionIn(from, from.fn) ?? instructionBelow(from);
  if (left === undefined) {
    return unproven('no-call', 'vm exit instruction');
  }
  const arrival = arrivalEvidence(to, left.instruction);
  return arrival === undefined
    ? unproven('no-registration', to.fn.fact.name, left.evidence)
    : proven(...left.evidence, ...arrival);
}

/** The host's entry point, the intercept that makes the instruction leave, and the table entry of its reason. */
function arrivalEvidence(to: Side, instruction: Instruction): readonly Evidence[] | undefined {
  const table = exitTableEvidence(to.view, instruction.reason);
  const rip = textEvidence(to.view, VM_EXIT.hostRip.file, VM_EXIT.hostRip.pattern, VM_EXIT.label);
  const intercepts = VM_EXIT.intercepts
    .filter((row) => row.reason === instruction.reason)
    .flatMap((row) => textEvidence(to.view, row.file, row.pattern, row.shows));
  if (to.fn.fact.name === VM_EXIT.label) {
    return rip.length > 0 ? [...rip, ...intercepts, ...table] : undefined;
  }
  return table.some((e) => e.shows === to.fn.fact.name) ? [...intercepts, ...table] : undefined;
}

/** The entry of the exit table for a reason: the line that names the handler. */
export function exitTableEvidence(view: TreeView, reason: string): Evidence[] {
  for (const file of view.files()) {
    const entry = view.links.file(file)?.bindings.find((b) => b.index === reason && b.value !== '');
    if (entry !== undefined) {
      return [view.evidence({ file, line: entry.line }, 'handler', entry.value)];
    }
  }
  return [];
}

interface Leaving {
  readonly instruction: Instruction;
  readonly evidence: readonly Evidence[];
}

function instructionIn(from: Side, fn: FunctionRef): Leaving | undefined {
  return shownIn(from.view, fn) ?? shownInMaker(from, fn);
}

function shownIn(view: TreeView, fn: Lines): Leaving | undefined {
  return firstOf(VM_EXIT.instructions, (instruction) => {
    const row = view.lineIn(fn, instruction.pattern);
    return (
      row && { instruction, evidence: [view.evidence({ file: fn.file, line: row.line }, 'call', instruction.name)] }
    );
  });
}

/** A function made by a macro (`BUILDIO(w, w, u16)`): the instruction stands in the macro. */
function shownInMaker(from: Side, fn: FunctionRef): Leaving | undefined {
  const maker = from.view.makerOf(fn);
  if (maker === undefined) {
    return undefined;
  }
  const made = from.view.evidence({ file: fn.file, line: fn.fact.line }, 'binding', maker);
  return firstOf(from.view.macrosNamed(maker), (macro) => {
    const shown = macro.file === fn.file ? shownIn(from.view, from.view.macroBody(macro)) : undefined;
    return shown && { ...shown, evidence: [...shown.evidence, made] };
  });
}

/** An instruction in an inline function or a made function that `from` calls. */
function instructionBelow(from: Side): Leaving | undefined {
  return firstOf(callsOf(from), (call) =>
    firstOf(from.view.links.functionsNamed(call.fact.name), (fn) => {
      const shown = instructionIn(from, fn);
      return shown && { ...shown, evidence: [from.view.callEvidence(call), ...shown.evidence] };
    }),
  );
}

/** `vm_entry`: the call that enters the guest, and the instruction behind it. */
export function proveVmEntry(context: HopContext): Verdict {
  const from = sideOf(context.from);
  if (from === undefined) {
    return unproven('stage-absent', context.hop.from);
  }
  const calls = callsOf(from).filter((c) => VM_ENTRY.calls.has(c.fact.name));
  const behind = textEvidence(from.view, VM_ENTRY.assembler.file, VM_ENTRY.assembler.pattern, 'vmresume');
  return calls.length > 0
    ? proven(...calls.map((c) => from.view.callEvidence(c)), ...behind)
    : unproven('no-call', 'exec_vmentry');
}

/** The first line of a file that matches; what it shows is the group, or `shows`. */
export function textEvidence(view: TreeView, file: string, pattern: RegExp, shows: string): Evidence[] {
  const whole = { file, fact: { line: line(1), endLine: line(view.lineCount(file)) } };
  const row = view.lineIn(whole, pattern);
  return row ? [view.evidence({ file, line: row.line }, 'handler', pattern.exec(row.text)?.[1] ?? shows)] : [];
}
