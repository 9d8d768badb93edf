import type { TreeKind } from './landmarks.ts';

/**
 * Where a stage stood before it had its present name or place. Asked only where the present one is not in the tree, so a
 * row never hides a function that is there; `until` is the last release that was read with the old name or place, for the reader.
 *
 * - `renamed`: another name, the same job.
 * - `split-later`: its code was part of the function named, which still exists beside it today.
 * - `moved`: the same name, in another file.
 * - `around`: the function does not exist; the one named did its calls itself, so a hop goes around it.
 */
export interface Predecessor {
  readonly how: 'renamed' | 'split-later' | 'moved' | 'around';
  readonly function: string;
  readonly file: string;
  readonly until: string;
  /** What changed, for whoever maintains this table. */
  readonly why: string;
}

/** The predecessors of one stage, the newest first. */
export interface StageHistory {
  readonly tree: TreeKind;
  readonly file: string;
  readonly function: string;
  readonly predecessors: readonly Predecessor[];
}

const VIRTIO = 'devicemodel/hw/pci/virtio/virtio.c';
const CONSOLE = 'devicemodel/hw/pci/virtio/virtio_console.c';
const VLAPIC = 'hypervisor/arch/x86/guest/vlapic.c';
const VCPU = 'hypervisor/arch/x86/guest/vcpu.c';
const VMCALL = 'hypervisor/arch/x86/guest/vmcall.c';
const VIRQ = 'hypervisor/arch/x86/guest/virq.c';
const VMX_IO = 'hypervisor/arch/x86/guest/vmx_io.c';
const IO_REQ = 'hypervisor/dm/io_req.c';

const VIOAPIC = 'hypervisor/dm/vioapic.c';
const VPCI = 'hypervisor/dm/vpci/vpci.c';

const SEVERAL_IOAPICS = 'a VM had one virtual I/O APIC';
const VHM = 'the Service VM module VHM became HSM in v2.6 and its names followed';
const MSI_SPLIT = 'v2.3 split message delivery by whether the local APIC is passed through';
const EVENTS = 'before scheduling events a vCPU was paused and resumed as a whole';
const APICV_OPS = 'v1.1 put the two APICv modes behind a table of operations';

function acrn(file: string, name: string, ...predecessors: readonly Predecessor[]): StageHistory {
  return { tree: 'acrn', file, function: name, predecessors };
}

function linux(file: string, name: string, ...predecessors: readonly Predecessor[]): StageHistory {
  return { tree: 'linux', file, function: name, predecessors };
}

function was(how: Predecessor['how'], name: string, file: string, until: string, why: string): Predecessor {
  return { how, function: name, file, until, why };
}

/** Every known rename, move and split of a stage, over ACRN v1.0 to HEAD and Linux 6.1 to 6.12. */
export const STAGE_HISTORIES: readonly StageHistory[] = [
  acrn(
    'devicemodel/core/vmmapi.c',
    'vm_setup_asyncio',
    was('renamed', 'vm_setup_sbuf', 'devicemodel/core/vmmapi.c', 'v3.2', 'set up with the general shared-buffer ioctl'),
  ),
  acrn(
    VIRTIO,
    'virtio_pci_status_handler',
    was(
      'split-later',
      'virtio_pci_legacy_write',
      VIRTIO,
      'v3.3',
      'both register layouts handled the status on their own',
    ),
  ),
  acrn(
    VIRTIO,
    'virtio_register_ioeventfd',
    was(
      'renamed',
      'vhost_vq_register_eventfd',
      'devicemodel/hw/pci/virtio/vhost.c',
      'v3.0',
      'only vhost devices registered ioeventfds',
    ),
  ),
  acrn(
    CONSOLE,
    'virtio_console_add_backends',
    was('split-later', 'virtio_console_init', CONSOLE, 'v1.1', 'the loop over the backends stood in the init function'),
  ),
  acrn(
    VIRQ,
    'acrn_inject_pending_intr',
    was(
      'split-later',
      'acrn_handle_pending_request',
      VIRQ,
      'v1.0',
      'injection stood at the end of the request handler',
    ),
  ),
  acrn(VLAPIC, 'apicv_advanced_accept_intr', was('split-later', 'vlapic_accept_intr', VLAPIC, 'v1.0', APICV_OPS)),
  acrn(VLAPIC, 'apicv_advanced_inject_intr', was('split-later', 'vlapic_apicv_inject_pir', VLAPIC, 'v1.0', APICV_OPS)),
  acrn(VLAPIC, 'vlapic_inject_intr', was('renamed', 'vlapic_apicv_inject_pir', VLAPIC, 'v1.0', APICV_OPS)),
  acrn(
    VLAPIC,
    'apicv_trigger_pi_anv',
    was('renamed', 'apicv_post_intr', VLAPIC, 'v1.6', 'renamed after the notification vector it sends'),
  ),
  acrn(VLAPIC, 'inject_msi_for_non_lapic_pt', was('split-later', 'vlapic_intr_msi', VLAPIC, 'v2.2', MSI_SPLIT)),
  acrn(VLAPIC, 'vlapic_inject_msi', was('renamed', 'vlapic_intr_msi', VLAPIC, 'v2.2', MSI_SPLIT)),
  acrn(
    VMCALL,
    'dispatch_hypercall',
    was('split-later', 'vmcall_vmexit_handler', VMCALL, 'v2.4', 'from v1.1 on the switch stood in the exit handler'),
  ),
  acrn(VMX_IO, 'arch_fire_hsm_interrupt', was('renamed', 'arch_fire_vhm_interrupt', VMX_IO, 'v2.5', VHM)),
  acrn('hypervisor/common/event.c', 'signal_event', was('renamed', 'resume_vcpu', VCPU, 'v1.5', EVENTS)),
  acrn('hypervisor/common/event.c', 'wait_event', was('renamed', 'pause_vcpu', VCPU, 'v1.5', EVENTS)),
  acrn('hypervisor/common/schedule.c', 'wake_thread', was('renamed', 'resume_vcpu', VCPU, 'v1.3', EVENTS)),
  acrn(
    'hypervisor/common/hypercall.c',
    'hcall_setup_sbuf',
    was('moved', 'hcall_setup_sbuf', 'hypervisor/debug/hypercall.c', 'v3.1', 'shared buffers were a debug feature'),
  ),
  acrn(
    'hypervisor/common/sbuf.c',
    'sbuf_put',
    was('moved', 'sbuf_put', 'hypervisor/debug/sbuf.c', 'v3.1', 'shared buffers were a debug feature'),
  ),
  ...(
    [
      ['get_hsm_notification_vector', 'get_vhm_notification_vector'],
      ['set_hsm_notification_vector', 'set_vhm_notification_vector'],
      ['get_io_req_state', 'get_vhm_req_state'],
      ['set_io_req_state', 'set_vhm_req_state'],
    ] as const
  ).map(([now, before]) => acrn(IO_REQ, now, was('renamed', before, IO_REQ, 'v2.5', VHM))),
  acrn('hypervisor/common/schedule.c', 'sleep_thread', was('renamed', 'pause_vcpu', VCPU, 'v1.3', EVENTS)),
  acrn(VCPU, 'zombie_vcpu', was('split-later', 'pause_vcpu', VCPU, 'v1.6.1', EVENTS)),
  acrn(VCPU, 'launch_vcpu', was('renamed', 'schedule_vcpu', VCPU, 'v1.3', EVENTS)),
  acrn(
    'devicemodel/core/iothread.c',
    'iothread_create',
    was('renamed', 'iothread_init', 'devicemodel/core/iothread.c', 'v3.2', 'one I/O thread served all devices'),
  ),
  acrn(
    'hypervisor/common/hypercall.c',
    'hcall_service_vm_offline_cpu',
    was('renamed', 'hcall_sos_offline_cpu', 'hypervisor/common/hypercall.c', 'v2.6', 'the Service VM was called SOS'),
  ),
  acrn(VIOAPIC, 'reset_vioapics', was('renamed', 'vioapic_reset', VIOAPIC, 'v1.6', SEVERAL_IOAPICS)),
  acrn(VIOAPIC, 'vioapic_broadcast_eoi', was('split-later', 'vioapic_process_eoi', VIOAPIC, 'v1.6', SEVERAL_IOAPICS)),
  acrn(VPCI, 'init_vpci', was('renamed', 'vpci_init', VPCI, 'v1.6.1', 'init functions were named alike')),
  ...(
    [
      ['vpci_pio_cfgaddr_read', 'pci_cfgaddr_io_read'],
      ['vpci_pio_cfgaddr_write', 'pci_cfgaddr_io_write'],
      ['vpci_pio_cfgdata_read', 'pci_cfgdata_io_read'],
      ['vpci_pio_cfgdata_write', 'pci_cfgdata_io_write'],
    ] as const
  ).map(([now, before]) =>
    acrn(VPCI, now, was('renamed', before, VPCI, 'v1.5.1', 'access through memory came beside the ports')),
  ),
  linux(
    'arch/x86/kernel/idt.c',
    'idt_install_sysvec',
    was('renamed', 'alloc_intr_gate', 'arch/x86/kernel/idt.c', '6.1', 'renamed when FRED got its own table'),
  ),
  linux(
    'drivers/tty/n_tty.c',
    'n_tty_receive_handle_newline',
    was(
      'split-later',
      'n_tty_receive_char_special',
      'drivers/tty/n_tty.c',
      '6.1',
      'the newline was handled behind a label',
    ),
  ),
  linux(
    'drivers/tty/tty_io.c',
    'iterate_tty_write',
    was('renamed', 'do_tty_write', 'drivers/tty/tty_io.c', '6.1', 'renamed when it lost its function argument'),
  ),
  linux(
    'arch/x86/kernel/irq.c',
    'call_irq_handler',
    was(
      'around',
      'DEFINE_IDTENTRY_IRQ(common_interrupt)',
      'arch/x86/kernel/irq.c',
      '6.1',
      'the entry looked the descriptor up itself',
    ),
  ),
  linux(
    'drivers/virtio/virtio_pci_common.c',
    'vp_find_one_vq_msix',
    was(
      'around',
      'vp_find_vqs_msix',
      'drivers/virtio/virtio_pci_common.c',
      '6.1',
      'the loop over the queues set each one up itself',
    ),
  ),
];

const FORK = 'drivers/virt/acrn';

/**
 * Functions that only ACRN's own fork of Linux has (shared buffers and asyncio dispatch in the Service VM's driver), as
 * `FILE#FUNCTION` of the fork: in mainline they are absent, not lost.
 */
export const FORK_ONLY: ReadonlySet<string> = new Set([
  `${FORK}/ioreq.c#acrn_asyncio_dispatch`,
  `${FORK}/ioeventfd.c#acrn_ioeventfd_asyncio_config`,
  `${FORK}/hypercall.h#hcall_setup_sbuf`,
  `${FORK}/hypercall.h#hcall_asyncio_assign`,
  `${FORK}/hypercall.h#hcall_asyncio_deassign`,
  `${FORK}/sbuf.c#acrn_sbuf_setup`,
  `${FORK}/sbuf.c#acrn_sbuf_get_data_ptr`,
  `${FORK}/sbuf.c#acrn_sbuf_move_next`,
]);

/** Files that only the fork has. */
export const FORK_ONLY_FILES: ReadonlySet<string> = new Set([`${FORK}/sbuf.c`]);

/** Files that came with a later version of ACRN: in an older tree they are not lost. */
export const FIRST_VERSION_OF_FILE: ReadonlyMap<string, string> = new Map([
  ['devicemodel/core/iothread.c', '3.1'],
  ['hypervisor/common/event.c', '1.5.1'],
  ['hypervisor/common/sbuf.c', '3.2'],
  ['hypervisor/common/sched_bvt.c', '1.6'],
]);

/** Whether a file came after this version; false where the version is not known. */
export function cameLater(file: string, version: string): boolean {
  const first = FIRST_VERSION_OF_FILE.get(file);
  return first !== undefined && /^\d/.test(version) && compareVersions(version, first) < 0;
}

/** Order of two dotted versions, what follows a dash left out: negative, 0 or positive. */
export function compareVersions(a: string, b: string): number {
  const numbers = (version: string): number[] => version.replace(/-.*$/, '').split('.').map(Number);
  const left = numbers(a);
  const right = numbers(b);
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) {
      return difference;
    }
  }
  return 0;
}
