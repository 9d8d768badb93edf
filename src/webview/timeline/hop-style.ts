import other from '@vscode/codicons/src/icons/arrow-swap.svg';
import wake from '@vscode/codicons/src/icons/bell.svg';
import hypercall from '@vscode/codicons/src/icons/call-outgoing.svg';
import timer from '@vscode/codicons/src/icons/clockface.svg';
import memory from '@vscode/codicons/src/icons/database.svg';
import thread from '@vscode/codicons/src/icons/git-branch.svg';
import ioctl from '@vscode/codicons/src/icons/plug.svg';
import epoll from '@vscode/codicons/src/icons/pulse.svg';
import eventfd from '@vscode/codicons/src/icons/radio-tower.svg';
import vmEntry from '@vscode/codicons/src/icons/sign-in.svg';
import vmExit from '@vscode/codicons/src/icons/sign-out.svg';
import interrupt from '@vscode/codicons/src/icons/symbol-event.svg';
import work from '@vscode/codicons/src/icons/tasklist.svg';
import syscall from '@vscode/codicons/src/icons/terminal.svg';
import wait from '@vscode/codicons/src/icons/watch.svg';

/** The line of one kind of hop. */
export interface HopLine {
  readonly dash: readonly number[];
  readonly width: number;
  /** Where there is room for a few labels only, those of the highest rank are written. */
  readonly rank: number;
}

/** How the arrow of one kind of hop looks. */
export interface HopStyle extends HopLine {
  /** Outline of its icon, 16 by 16. */
  readonly icon: Path2D;
}

/** An icon as outlines in a square. */
export interface Outline {
  readonly side: number;
  readonly paths: readonly string[];
}

/** The outlines of an icon that the bundler hands over as a data URL. */
export function outlineOf(url: string): Outline {
  const text = decodeURIComponent(url.slice(url.indexOf(',') + 1));
  return {
    side: Number(/viewBox="0 0 (\d+) /.exec(text)?.[1] ?? 16),
    paths: Array.from(text.matchAll(/<path\b[^>]*?\sd="([^"]+)"/g), (found) => found[1] ?? ''),
  };
}

function iconOf({ side, paths }: Outline): Path2D {
  const icon = new Path2D();
  const scale = new DOMMatrix().scale(16 / side);
  for (const path of paths) {
    icon.addPath(new Path2D(path), scale);
  }
  return icon;
}

/** Dash, width, rank and icon by kind: the kinds that leave a program or a thread. */
const STYLES: Readonly<Record<string, readonly [readonly number[], number, number, string]>> = {
  vm_exit: [[], 1.75, 9, vmExit],
  vm_entry: [[], 1.75, 9, vmEntry],
  hypercall: [[9, 3], 1.75, 8, hypercall],
  interrupt_vector: [[7, 2, 2, 2], 1.5, 8, interrupt],
  ioctl: [[3, 2], 1.5, 7, ioctl],
  waitqueue_wake: [[1.5, 3], 1.75, 7, wake],
  workqueue: [[10, 3, 2, 3, 2, 3], 1.5, 7, work],
  eventfd: [[5, 4], 1.5, 7, eventfd],
  epoll: [[5, 2, 1, 2], 1.5, 7, epoll],
  timerfd: [[2, 4], 1.5, 6, timer],
  syscall: [[6, 2], 1.25, 5, syscall],
  shared_memory: [[12, 4], 1.25, 6, memory],
  kthread_entry: [[4, 4, 1, 4], 1.25, 4, thread],
  thread_create: [[4, 4, 1, 4], 1.25, 4, thread],
  waitqueue_wait: [[1, 5], 1.25, 3, wait],
};

const PLAIN = [[], 1, 1, other] as const;

/** The line of a kind's arrow. */
export function hopLine(kind: string): HopLine {
  const [dash, width, rank] = STYLES[kind] ?? PLAIN;
  return { dash, width, rank };
}

/** The icon of a kind. */
export const hopOutline = (kind: string): Outline => outlineOf((STYLES[kind] ?? PLAIN)[3]);

const known = new Map<string, HopStyle>();

/** How the arrow of a kind looks. */
export function hopStyle(kind: string): HopStyle {
  let style = known.get(kind);
  if (style === undefined) {
    style = { ...hopLine(kind), icon: iconOf(hopOutline(kind)) };
    known.set(kind, style);
  }
  return style;
}
