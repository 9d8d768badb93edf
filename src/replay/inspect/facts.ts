import { DEVICE_MODEL_READERS } from './readers/device-model.ts';
import { GUEST_READERS } from './readers/guest.ts';
import { HYPERVISOR_READERS } from './readers/hypervisor.ts';
import { SERVICE_VM_READERS } from './readers/service-vm.ts';
import { SHARED_READERS } from './readers/shared.ts';

/** All readers, by key. */
export const READERS: Readonly<Record<string, readonly string[]>> = {
  ...GUEST_READERS,
  ...HYPERVISOR_READERS,
  ...SERVICE_VM_READERS,
  ...DEVICE_MODEL_READERS,
  ...SHARED_READERS,
};

/** Key of a field in the tables about fields: its path with N for each number and `*` for a name in quotes. */
export const keyOf = (path: string): string => path.replace(/"[^"]*"/g, '"*"').replace(/\d+/g, 'N');

/** Sections of virtio 1.2 that define a field. */
export const SPEC: Readonly<Record<string, string>> = {
  'ring.desc': '2.7.5',
  'ring.avail.flags': '2.7.7',
  'ring.avail.idx': '2.7.6',
  'ring.avail.ring': '2.7.6',
  'ring.avail.event': '2.7.7',
  'ring.used.flags': '2.7.10',
  'ring.used.idx': '2.7.8',
  'ring.used.ring': '2.7.8',
  'ring.used.event': '2.7.10',
  'console.queues[N].qsize': '2.7',
  'console.queues[N].pfn': '4.1.4.10',
  'console.queues[N].msix_idx': '4.1.5.1.2',
  'console.queues[N].enabled': '4.1.4.3',
  'console.queues[N].gpa_desc[N]': '4.1.4.3',
  'console.queues[N].gpa_avail[N]': '4.1.4.3',
  'console.queues[N].gpa_used[N]': '4.1.4.3',
  'console.base.device_caps': '2.2',
  'console.base.negotiated_caps': '2.2',
  'console.base.curq': '4.1.4.3',
  'console.base.status': '2.1',
  'console.base.isr': '4.1.4.5',
  'console.base.msix_cfg_idx': '4.1.5.1.2',
  'console.base.config_generation': '2.5',
  'console.base.device_feature_select': '4.1.4.3',
  'console.base.driver_feature_select': '4.1.4.3',
  'virtioN.features': '2.2',
};
