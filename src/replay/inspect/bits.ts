import { bitsNamed } from './lens.ts';

/** Bits of the device status register (virtio 1.2, 2.1). */
export const statusBits = bitsNamed(
  new Map([
    [0, 'ACKNOWLEDGE'],
    [1, 'DRIVER'],
    [2, 'DRIVER_OK'],
    [3, 'FEATURES_OK'],
    [6, 'DEVICE_NEEDS_RESET'],
    [7, 'FAILED'],
  ]),
);

/** Feature bits: the console's own (virtio 1.2, 5.3.3), then those of every device (virtio 1.2, 6). */
export const featureBits = bitsNamed(
  new Map([
    [0, 'CONSOLE_SIZE'],
    [1, 'CONSOLE_MULTIPORT'],
    [2, 'CONSOLE_EMERG_WRITE'],
    [24, 'NOTIFY_ON_EMPTY'],
    [27, 'ANY_LAYOUT'],
    [28, 'INDIRECT_DESC'],
    [29, 'EVENT_IDX'],
    [32, 'VERSION_1'],
    [33, 'ACCESS_PLATFORM'],
    [34, 'RING_PACKED'],
    [35, 'IN_ORDER'],
    [36, 'ORDER_PLATFORM'],
    [38, 'NOTIFICATION_DATA'],
  ]),
);

/** Bits of the ISR register (virtio 1.2, 4.1.4.5). */
export const isrBits = bitsNamed(
  new Map([
    [0, 'QUEUE'],
    [1, 'CONFIG'],
  ]),
);

/** Bits of a PCI function's command register (PCI 3.0, 6.2.2). */
export const commandBits = bitsNamed(
  new Map([
    [0, 'I/O'],
    [1, 'memory'],
    [2, 'bus master'],
    [10, 'INTx off'],
  ]),
);

/** Bits of a PCI function's status register (PCI 3.0, 6.2.3). */
export const pciStatusBits = bitsNamed(
  new Map([
    [3, 'INTx'],
    [4, 'capabilities'],
  ]),
);

/** Bits of `arch.pending_req` (hypervisor/include/arch/x86/asm/guest/vcpu.h, ACRN_REQUEST_*). */
export const requestBits = bitsNamed(
  new Map([
    [0, 'EXCP'],
    [1, 'EVENT'],
    [2, 'EXTINT'],
    [8, 'INIT_VMCS'],
  ]),
);
