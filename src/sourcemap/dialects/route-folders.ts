import type { TreeKind } from './landmarks.ts';
import type { IncludeFolders } from './support-files.ts';
import { INCLUDE_FOLDERS } from './support-files.ts';

/** A folder or file that is indexed by default; `deep` takes the folders below it too. */
export interface RouteFolder {
  readonly path: string;
  readonly deep: boolean;
}

const deep = (...paths: readonly string[]): RouteFolder[] => paths.map((path) => ({ path, deep: true }));
const flat = (folder: string, names = ''): RouteFolder[] =>
  names === ''
    ? [{ path: folder, deep: false }]
    : names.split(' ').map((name) => ({ path: `${folder}/${name}`, deep: false }));

/** A program's part of a tree: what is linked together, or built into one kernel. */
export interface RoutePart {
  readonly name: 'device-model' | 'hypervisor' | 'tools' | 'kernel';
  readonly tree: TreeKind;
  readonly folders: readonly RouteFolder[];
}

/**
 * What is indexed of a tree when nobody asks for the whole of it, by program: all of ACRN; of a kernel the folders that
 * the routes pass through, and single files of folders that are too large for it. The headers that those files include
 * come along (`ROUTE_HEADERS`).
 */
export const ROUTE_PARTS: readonly RoutePart[] = [
  { name: 'device-model', tree: 'acrn', folders: deep('devicemodel', 'hypervisor/include/public') },
  { name: 'hypervisor', tree: 'acrn', folders: deep('hypervisor') },
  { name: 'tools', tree: 'acrn', folders: deep('misc') },
  {
    name: 'kernel',
    tree: 'linux',
    folders: [
      ...deep('drivers/virt/acrn', 'drivers/virtio', 'drivers/tty/hvc', 'kernel/irq'),
      ...flat('drivers/tty'),
      ...flat('drivers/char', 'virtio_console.c'),
      ...flat('drivers/block', 'virtio_blk.c'),
      ...flat('fs', 'eventfd.c eventpoll.c read_write.c open.c ioctl.c select.c splice.c char_dev.c timerfd.c'),
      ...flat('kernel', 'kthread.c workqueue.c softirq.c'),
      ...flat('kernel/time', 'timer.c'),
      ...flat('kernel/sched', 'wait.c swait.c completion.c core.c idle.c'),
      ...flat('lib', 'iomap.c'),
      ...flat('arch/x86/entry/syscalls', 'syscall_64.tbl'),
      ...flat('arch/x86/kernel', 'irq.c idt.c'),
      ...flat('arch/x86/kernel/cpu', 'acrn.c'),
      ...flat('arch/x86/kernel/apic', 'apic.c msi.c vector.c'),
      ...flat('arch/x86/include/asm', 'acrn.h idtentry.h irq_vectors.h io.h'),
      ...flat('arch/x86/include/asm/shared', 'io.h'),
      ...flat('include/uapi/linux', 'acrn.h'),
    ],
  },
];

/** Where the headers that indexed files include are looked for, and how many includes deep they are followed. */
export const ROUTE_HEADERS: Readonly<
  Record<TreeKind, { readonly folders: readonly IncludeFolders[]; readonly depth: number }>
> = {
  acrn: { folders: INCLUDE_FOLDERS.acrn, depth: 1 },
  linux: { folders: [{ below: '', folders: ['include', 'arch/x86/include', 'include/uapi'] }], depth: 2 },
};
