import { hex } from '../inspect/snapshot.ts';
import type { Branch } from './branches.ts';

const TTY = 'linux:drivers/tty/tty_io.c#';
const N_TTY = 'linux:drivers/tty/n_tty.c#';
const CONSOLE = 'linux:drivers/char/virtio_console.c#';
const RING = 'linux:drivers/virtio/virtio_ring.c#';
const PCI = 'linux:drivers/virtio/virtio_pci_common.c#';
const IO = 'linux:arch/x86/include/asm/shared/io.h#';
const MMIO = 'linux:arch/x86/include/asm/io.h#';

/** Flags of a terminal (include/uapi/asm-generic/termbits.h): output processing, newline to carriage return and newline. */
const OPOST = 1;
const ONLCR = 4;
/** An address below this is a port (lib/iomap.c, PIO_RESERVED). */
const PIO_RESERVED = 0x40000;
const VERSION_1 = 2 ** 32;

const isModern = (features: number): boolean => Math.floor(features / VERSION_1) % 2 === 1;

/** Points in the guest where the code could have gone another way. */
export const GUEST_BRANCHES: readonly Branch[] = [
  {
    name: 'file-is-terminal',
    stages: [`${TTY}tty_write`, `${TTY}file_tty_write`],
    holds: () => true,
    decides: () => [],
    scenario: 'port-write',
  },
  {
    name: 'file-is-port',
    stages: [`${CONSOLE}port_fops_write`],
    holds: () => true,
    decides: () => [],
    scenario: 'stock',
  },
  {
    name: 'output-processed',
    stages: [`${N_TTY}do_output_char`, `${N_TTY}process_output`],
    holds: (scene) => {
      const flags = scene.value('tty.hvc0.termios.c_oflag');
      return (flags & OPOST) !== 0 && (flags & ONLCR) !== 0;
    },
    decides: (scene) => scene.field('tty.hvc0.termios.c_oflag'),
    scenario: 'port-write',
  },
  {
    name: 'port-has-room',
    stages: [`${CONSOLE}will_write_block`, `${CONSOLE}wait_port_writable`],
    holds: (scene) => scene.value('virtio0.ports[0].outvq_full') === 0,
    decides: (scene) => [...scene.field('virtio0.ports[0].outvq_full'), ...scene.field('virtio0.vqs[{q}].num_free')],
    scenario: 'ring-full',
  },
  {
    name: 'port-is-full',
    stages: [`${CONSOLE}will_write_block`, `${CONSOLE}wait_port_writable`],
    holds: (scene) => scene.value('virtio0.ports[0].outvq_full') !== 0,
    decides: (scene) => [...scene.field('virtio0.ports[0].outvq_full'), ...scene.field('virtio0.vqs[{q}].num_free')],
    scenario: 'port-write',
  },
  {
    name: 'descriptors-free',
    stages: [`${RING}virtqueue_add_split`],
    holds: () => true,
    decides: (scene) => [...scene.field('virtio0.vqs[{q}].num_free'), ...scene.field('virtio0.vqs[{q}].free_head')],
    scenario: 'ring-full',
  },
  {
    name: 'kick-wanted',
    stages: [`${RING}virtqueue_notify`, `${PCI}vp_notify`],
    holds: (scene) => scene.ring('used', 'flags') % 2 === 0,
    decides: (scene) => scene.ringField('used', 'flags'),
    scenario: 'notification-suppressed',
  },
  {
    name: 'kick-not-wanted',
    stages: [`${RING}virtqueue_kick_prepare_split`],
    holds: (scene) => scene.ring('used', 'flags') % 2 === 1,
    decides: (scene) => scene.ringField('used', 'flags'),
    scenario: 'stock',
  },
  {
    name: 'notified-by-port',
    stages: ['linux:lib/iomap.c#iowrite16', `${IO}outw`],
    holds: (scene) => scene.value('virtio0.vqs[{q}].priv') < PIO_RESERVED,
    decides: (scene) => scene.field('virtio0.vqs[{q}].priv', { text: hex }),
    scenario: 'modern-mmio',
  },
  {
    name: 'notified-by-memory',
    stages: [`${MMIO}writew`],
    holds: (scene) => scene.value('virtio0.vqs[{q}].priv') >= PIO_RESERVED,
    decides: (scene) => scene.field('virtio0.vqs[{q}].priv', { text: hex }),
    scenario: 'stock',
  },
  {
    name: 'used-not-yet',
    stages: [`${CONSOLE}__send_to_port`],
    holds: (scene) => scene.value('virtio0.vqs[{q}].last_used_idx') === scene.ring('used', 'idx'),
    decides: (scene) => [...scene.ringField('used', 'idx'), ...scene.field('virtio0.vqs[{q}].last_used_idx')],
    scenario: 'poll',
  },
  {
    name: 'used-something',
    stages: [`${RING}vring_interrupt`, `${RING}virtqueue_get_buf_ctx_split`],
    holds: (scene) => scene.value('virtio0.vqs[{q}].last_used_idx') !== scene.ring('used', 'idx'),
    decides: (scene) => [...scene.ringField('used', 'idx'), ...scene.field('virtio0.vqs[{q}].last_used_idx')],
    scenario: 'spurious-interrupt',
  },
  {
    name: 'legacy-device',
    stages: ['linux:drivers/virtio/virtio_pci_legacy.c#virtio_pci_legacy_probe'],
    holds: (scene) => !isModern(scene.value('console.base.device_caps')),
    decides: (scene) => scene.field('console.base.device_caps'),
    scenario: 'modern-mmio',
  },
  {
    name: 'modern-device',
    stages: [
      'linux:drivers/virtio/virtio_pci_modern.c#setup_vq',
      'linux:drivers/virtio/virtio_pci_modern.c#vp_active_vq',
    ],
    holds: (scene) => isModern(scene.value('console.base.device_caps')),
    decides: (scene) => scene.field('console.base.device_caps'),
    scenario: 'stock',
  },
  {
    name: 'vectors-there',
    stages: [`${PCI}vp_find_one_vq_msix`],
    holds: () => true,
    decides: () => [],
    scenario: 'intx',
  },
  {
    name: 'no-vectors',
    stages: [`${PCI}vp_find_vqs_intx`, `${PCI}vp_interrupt`],
    holds: () => true,
    decides: (scene) => scene.field('vp_dev[4].msix_enabled'),
    scenario: 'stock',
  },
];
