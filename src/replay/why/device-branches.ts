import type { Branch } from './branches.ts';
import type { Scene } from './scene.ts';

const MAIN = 'acrn:devicemodel/core/main.c#';
const VIRTIO = 'acrn:devicemodel/hw/pci/virtio/virtio.c#';
const INLINE = 'acrn:devicemodel/include/virtio.h#';
const CONSOLE = 'acrn:devicemodel/hw/pci/virtio/virtio_console.c#';
const PCI = 'acrn:devicemodel/hw/pci/core.c#';

/** PROCESSING, as a number in the slot (ACRN_IOREQ_STATE_PROCESSING). */
const PROCESSING = 2;

const typeOf = (scene: Scene): number => Number(scene.slotField('type', 0)[0]?.value ?? -1);
const msix = (scene: Scene) =>
  scene.lens.trace.fields.filter(({ path }) => path.endsWith('.msix.enabled')).flatMap(({ path }) => scene.field(path));
const hasMsix = (scene: Scene): boolean => msix(scene).some(({ value }) => value !== '0');
const isPolling = (scene: Scene): boolean => scene.value('virtio_poll_enabled') !== 0;
const isThreaded = (scene: Scene): boolean => scene.value('console.queues[{q}].viothrd.ioevent_started') !== 0;

/** VRING_DESC_F_INDIRECT (virtio 1.2, 2.7.5.3). */
const INDIRECT = 4;

const isOutside = (scene: Scene): boolean =>
  (scene.taken() ?? []).some(({ address, length }) => address + length > scene.value('ctx.lowmem'));

/** The chain that acrn-dm takes as it is: one direct descriptor inside memory. */
const isPlain = (scene: Scene): boolean => {
  const chain = scene.taken();
  return chain?.length === 1 && (chain[0]?.flags ?? 0) < INDIRECT && !isOutside(scene);
};

/** Points in acrn-dm where the code could have gone another way. */
export const DEVICE_BRANCHES: readonly Branch[] = [
  {
    name: 'slot-is-ours',
    stages: [`${MAIN}handle_vmexit`],
    holds: (scene) => Number(scene.slotField('processed', 136)[0]?.value ?? -1) === PROCESSING,
    decides: (scene) => [...scene.slotField('processed', 136), ...scene.slotField('kernel_handled', 132)],
    scenario: 'ioeventfd',
  },
  {
    name: 'request-is-port',
    stages: [`${MAIN}vmexit_inout`, 'acrn:devicemodel/core/inout.c#emulate_inout'],
    holds: (scene) => typeOf(scene) === 0,
    decides: (scene) => scene.slotField('type', 0),
    scenario: 'modern-mmio',
  },
  {
    name: 'request-is-memory',
    stages: [`${MAIN}vmexit_mmio_emul`, 'acrn:devicemodel/core/mem.c#emulate_mem'],
    holds: (scene) => typeOf(scene) === 1,
    decides: (scene) => scene.slotField('type', 0),
    scenario: 'stock',
  },
  {
    name: 'request-is-pci',
    stages: [`${MAIN}vmexit_pci_emul`],
    holds: (scene) => typeOf(scene) === 2,
    decides: (scene) => scene.slotField('type', 0),
    scenario: '',
  },
  {
    name: 'notify-set',
    stages: [`${CONSOLE}virtio_console_notify_tx`, `${CONSOLE}virtio_console_notify_rx`],
    holds: (scene) => scene.value('console.queues[{q}].notify') !== 0 && !isPolling(scene) && !isThreaded(scene),
    decides: (scene) => [
      ...scene.field('console.queues[{q}].notify'),
      ...scene.field('virtio_poll_enabled'),
      ...scene.field('console.queues[{q}].viothrd.ioevent_started'),
    ],
    scenario: 'ioeventfd',
  },
  {
    name: 'thread-handles',
    stages: [`${VIRTIO}iothread_handler`, `${CONSOLE}virtio_console_notify_tx`],
    holds: isThreaded,
    decides: (scene) => [
      ...scene.field('console.queues[{q}].viothrd.ioevent_started'),
      ...scene.field('console.queues[{q}].viothrd.kick_fd'),
    ],
    scenario: 'stock',
  },
  {
    name: 'timer-polls',
    stages: [`${VIRTIO}virtio_poll_timer`, `${CONSOLE}virtio_console_notify_tx`],
    holds: isPolling,
    decides: (scene) => [...scene.field('virtio_poll_enabled'), ...scene.field('virtio_poll_interval')],
    scenario: 'stock',
  },
  {
    name: 'something-available',
    stages: [`${VIRTIO}vq_getchain`, `${INLINE}vq_has_descs`],
    holds: (scene) => scene.ring('avail', 'idx') !== scene.value('console.queues[{q}].last_avail'),
    decides: (scene) => [...scene.ringField('avail', 'idx'), ...scene.field('console.queues[{q}].last_avail')],
    scenario: 'avail-index-jump',
  },
  {
    name: 'chain-of-one',
    stages: [`${VIRTIO}_vq_record`, `${CONSOLE}virtio_console_backend_write`],
    holds: (scene) => isPlain(scene),
    decides: (scene) => scene.takenFields(),
    scenario: 'chained-output',
  },
  {
    name: 'chain-too-long',
    stages: [`${VIRTIO}vq_getchain`, `${VIRTIO}_vq_record`, `${VIRTIO}vq_endchains`],
    holds: (scene) => (scene.taken()?.length ?? 0) > 1,
    decides: (scene) => scene.takenFields(),
    scenario: 'port-write',
  },
  {
    name: 'chain-indirect',
    stages: [`${VIRTIO}vq_getchain`, `${VIRTIO}vq_endchains`],
    holds: (scene) => (scene.taken() ?? []).some(({ flags }) => (flags & INDIRECT) !== 0),
    decides: (scene) => [...scene.takenFields(), ...scene.field('console.base.device_caps')],
    scenario: 'port-write',
  },
  {
    name: 'chain-outside',
    stages: [`${VIRTIO}vq_getchain`, `${VIRTIO}_vq_record`, `${VIRTIO}vq_endchains`],
    holds: (scene) => isOutside(scene),
    decides: (scene) => [...scene.takenFields(), ...scene.field('ctx.lowmem')],
    scenario: 'port-write',
  },
  {
    name: 'taken-not-used',
    stages: [`${VIRTIO}vq_endchains`],
    holds: (scene) => scene.ring('used', 'idx') !== scene.value('console.queues[{q}].last_avail'),
    decides: (scene) => [...scene.field('console.queues[{q}].last_avail'), ...scene.ringField('used', 'idx')],
    scenario: 'port-write',
  },
  {
    name: 'nothing-available',
    stages: [`${INLINE}vq_has_descs`],
    holds: (scene) => scene.ring('avail', 'idx') === scene.value('console.queues[{q}].last_avail'),
    decides: (scene) => [...scene.ringField('avail', 'idx'), ...scene.field('console.queues[{q}].last_avail')],
    scenario: '',
  },
  {
    name: 'backend-open',
    stages: [`${CONSOLE}virtio_console_backend_write`],
    holds: (scene) => scene.value('console.backends[0].fd') >= 0,
    decides: (scene) => [...scene.field('console.backends[0].fd'), ...scene.field('console.backends[0].open')],
    scenario: 'zero-length-output',
  },
  {
    name: 'interrupt-wanted',
    stages: [`${INLINE}vq_interrupt`],
    holds: (scene) => scene.ring('avail', 'flags') % 2 === 0,
    decides: (scene) => [
      ...scene.ringField('avail', 'flags'),
      ...scene.ringField('used', 'idx'),
      ...scene.field('console.queues[{q}].save_used'),
    ],
    scenario: '',
  },
  {
    name: 'msix-on',
    stages: [`${PCI}pci_generate_msix`],
    holds: hasMsix,
    decides: (scene) => [...msix(scene), ...scene.field('console.queues[{q}].msix_idx')],
    scenario: 'intx',
  },
  {
    name: 'msix-off',
    stages: [`${PCI}pci_lintr_assert`, 'acrn:devicemodel/hw/pci/irq.c#pci_irq_assert', `${PCI}pci_generate_msi`],
    holds: (scene) => !hasMsix(scene),
    decides: (scene) => [...msix(scene), ...scene.field('console.base.isr')],
    scenario: 'msi-x',
  },
  {
    name: 'receiver-ready',
    stages: [`${CONSOLE}virtio_console_backend_read`],
    holds: (scene) => scene.value('console.ports[0].rx_ready') !== 0,
    decides: (scene) => [...scene.field('console.ports[0].open'), ...scene.field('console.ports[0].rx_ready')],
    scenario: 'input-dropped',
  },
  {
    name: 'receiver-not-ready',
    stages: [`${CONSOLE}virtio_console_backend_read`],
    holds: (scene) => scene.value('console.ports[0].rx_ready') === 0,
    decides: (scene) => [...scene.field('console.ports[0].open'), ...scene.field('console.ports[0].rx_ready')],
    scenario: 'receive',
  },
  {
    name: 'first-receive-kick',
    stages: [`${CONSOLE}virtio_console_notify_rx`],
    holds: () => true,
    decides: (scene) => scene.ringField('used', 'flags'),
    scenario: 'notification-suppressed',
  },
  {
    name: 'driver-ok-threads',
    stages: [`${VIRTIO}virtio_set_iothread`],
    holds: (scene) => scene.value('console.base.iothread') !== 0,
    decides: (scene) => [...scene.field('console.base.iothread'), ...scene.field('console.base.status')],
    scenario: 'stock',
  },
];
