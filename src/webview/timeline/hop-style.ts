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

/** How the arrow of one kind of hop looks. */
export interface HopStyle {
  readonly dash: readonly number[];
  readonly width: number;
  /** Where there is room for a few labels only, those of the highest rank are written. */
  readonly rank: number;
  /** Outline of its icon, 16 by 16. */
  readonly icon: Path2D;
}

/** The outlines of an icon that the bundler hands over as a data URL. */
export function outlinesOf(url: string): readonly string[] {
  const text = decodeURIComponent(url.slice(url.indexOf(',') + 1));
  return Array.from(text.matchAll(/<path\b[^>]*?\sd="([^"]+)"/g), (found) => found[1] ?? '');
}

/** Side of the square that an icon is drawn in; most have 16. */
const sideOf = (url: string): number => Number(/viewBox="0 0 (\d+) /.exec(decodeURIComponent(url))?.[1] ?? 16);

function iconOf(url: string): Path2D {
  const path = new Path2D();
  const scale = new DOMMatrix().scale(16 / sideOf(url));
  for (const outline of outlinesOf(url)) {
    path.addPath(new Path2D(outline), scale);
  }
  return path;
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

const known = new Map<string, HopStyle>();

/** How the arrow of a kind looks. */
export function hopStyle(kind: string): HopStyle {
  let style = known.get(kind);
  if (style === undefined) {
    const [dash, width, rank, url] = STYLES[kind] ?? [[], 1, 1, other];
    style = { dash, width, rank, icon: iconOf(url) };
    known.set(kind, style);
  }
  return style;
}
