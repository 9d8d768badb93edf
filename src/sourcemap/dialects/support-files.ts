import { HYPERCALL, IOCTL, SYSCALL, VECTOR_FILES, VM_ENTRY, VM_EXIT } from './boundaries.ts';
import type { TreeKind } from './landmarks.ts';

/**
 * Files that a map reads beside those of the stages themselves: where a pointer is bound, a number defined, a handler
 * registered, a type declared. A part of a tree may lack some: what they would have shown is then unproven, with that
 * reason. Widened by the whole-tree index.
 */
export interface SupportFile {
  readonly file: string;
  /** What of it is needed. */
  readonly why: string;
}

const because = (why: string, ...files: readonly string[]): SupportFile[] => files.map((file) => ({ file, why }));

const joined = (folder: string, name: string): string => (name === '' ? folder : `${folder}/${name}`);

/** Support files of both kinds of tree. */
export const SUPPORT_FILES: Readonly<Record<TreeKind, readonly SupportFile[]>> = {
  acrn: [
    ...because('ioctl numbers', ...IOCTL.numberFiles.acrn),
    ...because('hypercall numbers', ...HYPERCALL.numberFiles.acrn),
    ...because('vectors and who sends them', ...VECTOR_FILES.acrn),
    ...because('the exit label', VM_EXIT.hostRip.file, VM_ENTRY.assembler.file, 'hypervisor/arch/x86/guest/vmx_asm.S'),
    ...because('intercepted ports', 'hypervisor/arch/x86/guest/vm.c'),
    ...because('exit and hypercall tables', 'hypervisor/arch/x86/guest/vmexit.c', 'hypervisor/arch/x86/guest/vmcall.c'),
    ...because('schedulers behind acrn_scheduler', 'hypervisor/common/sched_bvt.c', 'hypervisor/common/schedule.c'),
    ...because('vCPU threads and the local APIC operations', 'hypervisor/arch/x86/guest/vcpu.c'),
    ...because(
      'device handlers bound to buses',
      'devicemodel/core/inout.c',
      'devicemodel/core/mem.c',
      'devicemodel/hw/pci/core.c',
    ),
  ],
  linux: [
    ...because('system call numbers', ...SYSCALL.numberFiles),
    ...because('ioctl numbers', ...IOCTL.numberFiles.linux),
    ...because('hypercall numbers', ...HYPERCALL.numberFiles.linux),
    ...because('vectors and their table', ...VECTOR_FILES.linux),
    ...because('the VMCALL instruction', 'arch/x86/include/asm/acrn.h'),
    ...because('port and memory instructions', 'arch/x86/include/asm/shared/io.h', 'arch/x86/include/asm/io.h'),
    ...because('file operations', 'include/linux/fs.h', 'drivers/virt/acrn/hsm.c'),
    ...because(
      'tty and console operations',
      'include/linux/tty_ldisc.h',
      'include/linux/tty_driver.h',
      'include/linux/tty.h',
      'drivers/tty/hvc/hvc_console.h',
      'drivers/tty/hvc/hvc_console.c',
      'drivers/tty/n_tty.c',
    ),
    ...because(
      'virtqueue callbacks and transport operations',
      'include/linux/virtio.h',
      'include/linux/virtio_config.h',
      'drivers/virtio/virtio_pci_common.h',
      'drivers/virtio/virtio_pci_common.c',
      'drivers/virtio/virtio_pci_legacy.c',
      'drivers/virtio/virtio_ring.c',
    ),
    ...because(
      'interrupt handlers and flow handlers',
      'include/linux/irq.h',
      'include/linux/irqdesc.h',
      'include/linux/interrupt.h',
      'include/linux/msi.h',
      'arch/x86/kernel/apic/msi.c',
      'kernel/irq/manage.c',
      'kernel/irq/msi.c',
      'kernel/irq/irqdomain.c',
      'kernel/irq/chip.c',
    ),
    ...because('request driver types', 'drivers/virt/acrn/acrn_drv.h', 'drivers/virt/acrn/ioreq.c'),
    ...because('how work is queued, and which calls open files', 'include/linux/workqueue.h', 'fs/open.c'),
    ...because('wake-up callbacks', 'include/linux/wait.h', 'include/linux/eventfd.h'),
  ],
};

/** Where the headers named by the `#include`s of a file are looked for, the first that stands there is read. */
export interface IncludeFolders {
  /** Files below this folder; '' for all. */
  readonly below: string;
  readonly folders: readonly string[];
}

/**
 * Include folders of each kind of tree: the types of pointers stand in headers. A file's own folder comes first for both.
 * Linux headers are many and large: those that are needed are named one by one above.
 */
export const INCLUDE_FOLDERS: Readonly<Record<TreeKind, readonly IncludeFolders[]>> = {
  acrn: [
    {
      below: 'hypervisor/',
      folders: ['', 'common', 'arch/x86', 'public', 'lib', 'debug'].map((name) => joined('hypervisor/include', name)),
    },
    { below: 'devicemodel/', folders: ['devicemodel/include', 'devicemodel/include/public'] },
  ],
  linux: [{ below: '', folders: [] }],
};
