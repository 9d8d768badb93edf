import type { EdgeKind, QueryEdge, QueryEvidence, UnresolvedSite } from '../../sourcemap/query/query-types.ts';
import { INTEL_TEXTS } from '../../texts/intel.ts';
import type { Language } from '../../texts/language.ts';
import { HOP_NAMES } from '../../texts/words.ts';
import { HOP_KINDS, type HopKind } from '../../trace/kinds.ts';

/** Icons of the editor's own set, by how one function reaches another. */
const ICONS: Readonly<Record<EdgeKind, string>> = {
  direct_call: 'symbol-method',
  fptr_call: 'link',
  fptr_bind: 'pin',
  macro_defined_function: 'symbol-constant',
  return_then_call: 'debug-step-over',
  return: 'debug-step-out',
  syscall: 'terminal',
  vm_exit: 'sign-out',
  vm_entry: 'sign-in',
  hypercall: 'zap',
  ioctl: 'plug',
  interrupt_vector: 'pulse',
  workqueue: 'list-ordered',
  waitqueue_wait: 'debug-pause',
  waitqueue_wake: 'bell',
  kthread_entry: 'git-branch',
  thread_create: 'git-branch',
  eventfd: 'broadcast',
  epoll: 'eye',
  timerfd: 'watch',
  shared_memory: 'database',
  timer: 'watch',
  tasklet: 'list-ordered',
  irq_work: 'list-ordered',
  macro: 'symbol-constant',
};

/** The icon of a kind of edge. */
export const iconOf = (kind: EdgeKind): string => ICONS[kind];

/** A kind of edge in words. */
export function kindWords(kind: EdgeKind, language: Language): string {
  return isHop(kind) ? HOP_NAMES[language][kind] : INTEL_TEXTS[language].otherKinds[kind];
}

const kinds: ReadonlySet<string> = new Set(HOP_KINDS);
const isHop = (kind: EdgeKind): kind is HopKind => kinds.has(kind);

/** How an edge goes, behind its function's name: kind, what it goes through, who says so. */
export function edgeDetail({ kind, via, userGiven }: QueryEdge, language: Language): string {
  const through = via === undefined ? '' : ` ${via}`;
  const user = userGiven === true ? ` · ${INTEL_TEXTS[language].userGiven}` : '';
  return `${kindWords(kind, language)}${through}${user}`;
}

/** A line of evidence in words: its role and what it shows. */
export const evidenceWords = ({ role, shows }: QueryEvidence, language: Language): string =>
  `${INTEL_TEXTS[language].roles[role]} · ${shows}`;

/** A site that is not resolved, with the reason. */
export const siteWords = ({ calls, reason }: UnresolvedSite, language: Language): string =>
  `${calls} · ${INTEL_TEXTS[language].reasons[reason]}`;

/** Path and line, the file's name first. */
export function placeWords({ file, line }: { readonly file: string; readonly line: number }): string {
  const at = file.lastIndexOf('/');
  return `${file.slice(at + 1)}:${line} ${file.slice(0, Math.max(0, at))}`;
}
