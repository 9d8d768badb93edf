import type { CallRef } from '../../indexer/link-types.ts';
import { HYPERCALL } from '../dialects/boundaries.ts';
import type { Evidence } from '../map-types.ts';
import type { TreeView } from '../tree-view.ts';
import { evaluate, type NumberMacro, numberOf } from './number.ts';
import { callsOf, type HopContext, proven, type Side, sideOf, unproven, type Verdict } from './prover.ts';
import { exitTableEvidence } from './vm-exit.ts';

/**
 * `hypercall`: the call that executes VMCALL with a number, the same number on the hypervisor's side, the table entry (or
 * `case`) that takes it, and the exit reason that leads there. The way back is proven by the same lines.
 */
export function proveHypercall(context: HopContext): Verdict {
  const forward = context.from.stage.program !== 'hypervisor';
  const guest = sideOf(forward ? context.from : context.to);
  const host = sideOf(forward ? context.to : context.from);
  if (guest === undefined || host === undefined) {
    return unproven('stage-absent', guest === undefined ? context.hop.from : context.hop.to);
  }
  const call = callsOf(guest).find((c) => HYPERCALL.wrapper.test(c.fact.name));
  if (call === undefined) {
    return unproven('no-call', 'vmcall');
  }
  const verdict = proveNumber(guest, host, call);
  return forward ? verdict : { ...verdict, evidence: [...verdict.evidence].reverse() };
}

function proveNumber(guest: Side, host: Side, call: CallRef): Verdict {
  const name = call.fact.args[HYPERCALL.numberArgument] ?? '';
  const evidence: Evidence[] = [guest.view.callEvidence(call)];
  const sent = numberOf(guest.view, name);
  if (sent === undefined) {
    return unproven('no-number', name, evidence);
  }
  evidence.push(numberEvidence(guest.view, sent));
  const taken = numberOf(host.view, name);
  if (taken === undefined) {
    return unproven('no-number', name, evidence);
  }
  evidence.push(numberEvidence(host.view, taken));
  if (sent.constant.value !== taken.constant.value) {
    return unproven('number-differs', name, evidence);
  }
  const handler = handlerEvidence(host.view, sent.constant.value);
  if (handler === undefined) {
    return unproven('no-handler', name, evidence);
  }
  return proven(...evidence, ...handler, ...exitTableEvidence(host.view, HYPERCALL.exitReason));
}

const numberEvidence = (view: TreeView, { macro }: NumberMacro): Evidence =>
  view.evidence({ file: macro.file, line: macro.fact.line }, 'number', macro.fact.name);

/** The table entry of a number; a `case` of it where this version has no table. */
function handlerEvidence(view: TreeView, id: bigint): readonly Evidence[] | undefined {
  const index = id & HYPERCALL.indexMask;
  for (const file of view.files()) {
    const facts = view.links.file(file);
    const entry = facts?.bindings.find(
      (b) =>
        b.index !== '' && b.how === 'array-designated' && isIndex(view, b.index, index) && isTable(view, file, b.line),
    );
    if (entry !== undefined) {
      return [view.evidence({ file, line: entry.line }, 'handler', entry.value)];
    }
  }
  for (const file of view.files()) {
    const found = view.links.file(file)?.cases.find((c) => c.label.startsWith('HC_') && isValue(view, c.label, id));
    if (found !== undefined) {
      return [view.evidence({ file, line: found.line }, 'handler', found.label)];
    }
  }
  return undefined;
}

const isIndex = (view: TreeView, text: string, index: bigint): boolean => evaluate(view, text)?.value === index;

const isValue = (view: TreeView, label: string, id: bigint): boolean => numberOf(view, label)?.constant.value === id;

/** Whether a line stands in the initialiser of the hypercall table. */
function isTable(view: TreeView, file: string, at: number): boolean {
  const table = view.links.file(file)?.variables.find((v) => v.name === HYPERCALL.table);
  return table !== undefined && table.line <= at;
}
