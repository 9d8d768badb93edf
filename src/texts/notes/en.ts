/** What the study notes claim, in our words, and what the source says for each verdict that a tree can give. */
export const NOTES_EN = {
  1: {
    claim: 'virtio_console_init gives a port virtio_console_control_tx as its callback.',
    says: {
      true: 'The backends add their ports with virtio_console_control_tx as the callback.',
      wrong:
        'Ports that carry data get virtio_console_backend_write: each backend hands it to virtio_console_add_port. virtio_console_control_tx belongs to the control port alone.',
    },
  },
  2: {
    claim: 'That callback writes the bytes to the backend: stdout, a pty or a file.',
    says: {
      true: 'virtio_console_control_tx itself reaches the write to the backend.',
      wrong:
        'virtio_console_control_tx only reads control messages. The bytes leave in virtio_console_backend_write, by one writev; a unix socket is a backend too, and the stdio backend writes to descriptor 0.',
    },
  },
  3: {
    claim: 'virtio_console_notify_tx calls the callback of the port.',
    says: {
      true: 'virtio_console_notify_tx calls port->cb once for each chain that it takes from the ring; a chain may have one descriptor.',
      wrong: 'virtio_console_notify_tx has no call through the callback of the port.',
    },
  },
  4: {
    claim: 'Every queue of the console has virtio_console_notify_tx as its notify.',
    says: {
      true: 'virtio_console_init stores virtio_console_notify_tx in every queue.',
      conditional:
        'Only queues with an odd number have it, the others have virtio_console_notify_rx. Both names are seen from the guest.',
      wrong: 'virtio_console_init does not store virtio_console_notify_tx in the queues.',
    },
  },
  5: {
    claim: 'virtio_set_iothread calls the notify of a queue.',
    says: {
      true: 'virtio_set_iothread calls through vq->notify.',
      wrong:
        'virtio_set_iothread does not call it; where that function exists, it copies the pointer for later. The calls stand in the handlers of the notify registers and in the poll timer.',
    },
  },
  6: {
    claim: 'virtio_set_iothread sets up a callback handler.',
    says: {
      true: 'It stores iothread_handler for the I/O thread, and the console gets there.',
      conditional:
        'It stores iothread_handler for the I/O thread, but only for a device that has base.iothread set. The stock console has not.',
      wrong: 'No such set-up is in this version: the thread that took the request calls the notify itself.',
    },
  },
  7: {
    claim: 'The stock console goes through virtio_set_iothread.',
    says: {
      true: 'The console sets base.iothread, or nothing guards the call.',
      conditional: 'The console sets base.iothread under a condition of its own.',
      wrong:
        'Nothing in virtio_console.c sets base.iothread, so the call is skipped or does not exist. The kick is handled at once, in the vm_loop thread that took the request.',
    },
  },
  8: {
    claim: 'virtio_set_iothread is called below a case of virtio_pci_write.',
    says: {
      true: 'The case stands in virtio_pci_write itself.',
      renamed:
        'virtio_pci_write only picks the handler of the BAR. The call follows the status register: its case stands in the legacy and in the common configuration handler.',
      wrong: 'No handler of the status register leads to such a function in this version.',
    },
  },
  9: {
    claim: 'virtio_pci_write is the vdev_bar_write operation of the device.',
    says: {
      true: 'The operations of the console name virtio_pci_write as vdev_bar_write.',
      renamed: 'It is the write operation of the device, but the member has another name than the notes give it.',
      wrong: 'The operations of the console do not name virtio_pci_write as a write operation.',
    },
  },
  10: {
    claim: 'pci_emul_io_handler and pci_emul_mem_handler call it.',
    says: {
      true: 'Both call it through the operations of the device. The kick of the stock console comes through the port handler; the MSI-X table through the other.',
      conditional: 'Only one of the two reaches it.',
      wrong: 'Neither of them reaches it.',
    },
  },
  11: {
    claim: 'virtio_set_iothread sets up an epoll.',
    says: {
      true: 'It hands the eventfd to iothread_add, which adds it to an epoll, and the console gets there.',
      conditional:
        'It hands the eventfd to iothread_add, which adds it to an epoll that stands already, but only for a device that has base.iothread set.',
      wrong: 'No function of this version does that for a virtio queue: the kick is handled in place.',
    },
  },
  12: {
    claim: 'It registers the notify with the kernel driver by an ioctl.',
    says: {
      true: 'The ioctl registers an eventfd for the notify register, always, and the console gets there.',
      conditional:
        'What is registered is an eventfd with the address of the notify register, not a function: and only with base.iothread set, and where polling does not replace it.',
      wrong: 'No function of this version registers an eventfd for a queue on this way.',
    },
  },
  13: {
    claim: 'In the Service VM acrn_io_range_add in ioeventfd.c registers the address range.',
    says: {
      true: 'acrn_ioeventfd_assign calls acrn_io_range_add.',
      renamed: 'acrn_ioeventfd_assign registers the range, with acrn_ioreq_range_add of ioreq.c.',
      wrong: 'acrn_ioeventfd_assign registers no range.',
    },
  },
  14: {
    claim: 'When the event is seen, user space is signalled.',
    says: {
      true: 'acrn_ioeventfd_handler signals the eventfd of the address, and the console has one.',
      conditional:
        'acrn_ioeventfd_handler signals the eventfd that matches the address. That takes a registered eventfd; the stock console has none, and without a match the request ends silently.',
      wrong: 'acrn_ioeventfd_handler signals nothing.',
    },
  },
  15: {
    claim: 'acrn_vm_create calls acrn_ioeventfd_init, which makes a client whose kernel thread runs ioreq_task.',
    says: {
      true: 'So it is, because that client has a handler. The default client, that of acrn-dm, has none and gets no thread: acrn-dm itself waits in an ioctl.',
      wrong: 'The chain of calls, or the thread at its end, is not there.',
    },
  },
  16: {
    claim: 'ioreq_task loops over the pending requests and runs acrn_ioeventfd_handler.',
    says: {
      true: 'It waits, asks has_pending_request, and calls the handler of its client, which is acrn_ioeventfd_handler; then it completes the request.',
      wrong: 'ioreq_task does not ask for pending requests, or its handler is another function.',
    },
  },
  17: {
    claim: 'The notifications arrive in arch/x86/kernel/cpu/acrn.c, as the interrupt with HYPERVISOR_CALLBACK_VECTOR.',
    says: {
      true: 'sysvec_acrn_hv_callback is installed for HYPERVISOR_CALLBACK_VECTOR, 0xf3.',
      wrong: 'No handler is installed there for that vector.',
    },
  },
  18: {
    claim: 'From there acrn_intr_handler leads to ioreq_intr_handler in ioreq.c.',
    says: {
      true: 'acrn_intr_handler is a pointer, and the driver stores ioreq_intr_handler in it.',
      wrong: 'Nothing that was read leads from the interrupt to ioreq_intr_handler.',
    },
  },
  19: {
    claim: 'ioreq_intr_handler queues work on ioreq_wq, and the worker runs ioreq_dispatcher.',
    says: {
      true: 'It queues a work item that was declared with ioreq_dispatcher; the queue runs one item at a time.',
      wrong: 'It does not queue that work.',
    },
  },
  20: {
    claim: 'The dispatcher marks the request in a bitmap and wakes the client.',
    says: {
      true: 'acrn_ioreq_dispatch looks the client up by address, sets the bit of the vCPU and wakes its queue. For the console that client is the default one, so acrn-dm wakes.',
      wrong: 'The dispatcher does not set a bit and wake the client.',
    },
  },
  21: {
    claim: 'In the hypervisor get_hsm_notification_vector says which vector to use.',
    says: {
      true: 'So it does; a hypercall may change the vector, mainline Linux never makes that hypercall.',
      renamed: 'The function has an earlier name in this version.',
      wrong: 'What fires the interrupt does not ask such a function.',
    },
  },
  22: {
    claim: 'acrn_fire_hsm_interrupt injects it.',
    says: {
      true: 'A function of this name is there.',
      renamed: 'The function that injects it has another name; it sets the vector in the local APIC of the Service VM.',
      wrong: 'No function that injects it was found.',
    },
  },
  23: {
    claim: 'acrn_insert_request makes that happen.',
    says: {
      true: 'acrn_insert_request fires the interrupt after it has put the request in its slot.',
      wrong: 'acrn_insert_request does not fire it.',
    },
  },
  24: {
    claim: 'emulate_io first asks the emulation of the hypervisor, then calls acrn_insert_request for the Service VM.',
    says: {
      true: 'So it does. Versions with asyncio look for a registered address in between.',
      wrong: 'emulate_io does not do that in this order.',
    },
  },
  25: {
    claim: 'That signal to user space is how a write to the console reaches acrn-dm.',
    says: {
      true: 'The console has an eventfd, and its signal is the way.',
      conditional: 'The console has an eventfd under a condition of its own.',
      wrong:
        'The stock console has no eventfd. acrn-dm waits in the ATTACH ioctl, is woken there, reads the shared page, and reports the finished request by an ioctl.',
    },
  },
  26: {
    claim: 'The notes do not say who waits meanwhile.',
    says: {
      missing:
        'The vCPU of the guest waits in wait_event until the finish hypercall signals it; a VM that polls turns on the request slot.',
      true: 'In this version nothing of the kind was found.',
    },
  },
  27: {
    claim: 'The notes do not tell the way back.',
    says: {
      missing:
        'acrn-dm fills the used ring and injects MSI-X by an ioctl, and the guest runs its callback. A writer of hvc does not wait for that: it spins on the used ring.',
      true: 'In this version nothing of the kind was found.',
    },
  },
} as const;
