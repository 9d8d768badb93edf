import type { Branch } from './branches.ts';
import type { Scene } from './scene.ts';

const VMX_IO = 'acrn:hypervisor/arch/x86/guest/vmx_io.c#';
const IO_REQ = 'acrn:hypervisor/dm/io_req.c#';
const EVENT = 'acrn:hypervisor/common/event.c#';
const VLAPIC = 'acrn:hypervisor/arch/x86/guest/vlapic.c#';
const HSM = 'linux:drivers/virt/acrn/ioreq.c#';
const IOEVENTFD = 'linux:drivers/virt/acrn/ioeventfd.c#';
const HYPERCALL = 'linux:drivers/virt/acrn/hypercall.h#';

/** Exit reasons (Intel SDM vol. 3, appendix C). */
const IO_INSTRUCTION = 30;
const EPT_VIOLATION = 48;

/** Number of ranges that the client of the ioeventfds has claimed. */
const claimed = (scene: Scene): number =>
  scene.lens.trace.fields
    .filter(({ path }) => /client "ioeventfd.*range_list/.test(path))
    .reduce((sum, { path }) => sum + scene.value(path), 0);

const clients = (scene: Scene) =>
  scene.lens.trace.fields
    .filter(({ path }) => /client ".*"\.(range_list\.length|ioreqs_map)$/.test(path))
    .flatMap(({ path }) => scene.field(path));

/** Points in hypervisor and Service VM kernel where the code could have gone another way. */
export const MACHINE_BRANCHES: readonly Branch[] = [
  {
    name: 'left-by-port',
    stages: [`${VMX_IO}pio_instr_vmexit_handler`],
    holds: (scene) => scene.value('vm1.vcpu{v}.arch.exit_reason') === IO_INSTRUCTION,
    decides: (scene) => [
      ...scene.field('vm1.vcpu{v}.arch.exit_reason'),
      ...scene.field('vm1.vcpu{v}.arch.exit_qualification'),
    ],
    scenario: 'modern-mmio',
  },
  {
    name: 'left-by-ept',
    stages: [`${VMX_IO}ept_violation_vmexit_handler`],
    holds: (scene) => scene.value('vm1.vcpu{v}.arch.exit_reason') === EPT_VIOLATION,
    decides: (scene) => [
      ...scene.field('vm1.vcpu{v}.arch.exit_reason'),
      ...scene.field('vm1.vcpu{v}.arch.exit_qualification'),
    ],
    scenario: 'stock',
  },
  {
    name: 'no-asyncio',
    stages: [`${IO_REQ}acrn_insert_request`],
    holds: (scene) => scene.value('vm1.sw.asyncio_sbuf') === 0,
    decides: (scene) => [...scene.field('vm1.sw.asyncio_sbuf'), ...scene.field('vm1.vcpu{v}.req.reqs.address')],
    scenario: 'asyncio',
  },
  {
    name: 'asyncio',
    stages: [`${IO_REQ}acrn_insert_asyncio`, 'acrn:hypervisor/common/sbuf.c#sbuf_put', `${HSM}acrn_asyncio_dispatch`],
    holds: (scene) => scene.value('vm1.sw.asyncio_sbuf') !== 0,
    decides: (scene) => [...scene.field('vm1.sw.asyncio_sbuf'), ...scene.field('vm1.vcpu{v}.req.reqs.address')],
    scenario: 'ioeventfd',
  },
  {
    name: 'vcpu-sleeps',
    stages: [`${EVENT}wait_event`, 'acrn:hypervisor/common/schedule.c#sleep_thread'],
    holds: (scene) => scene.value('vm1.sw.is_polling_ioreq') === 0,
    decides: (scene) => [
      ...scene.field('vm1.sw.is_polling_ioreq'),
      ...scene.field('vm1.vcpu{v}.events[VCPU_EVENT_IOREQ].set'),
    ],
    scenario: 'polling-completion',
  },
  {
    name: 'vcpu-spins',
    stages: [`${IO_REQ}has_complete_ioreq`, `${IO_REQ}acrn_insert_request`],
    holds: (scene) => scene.value('vm1.sw.is_polling_ioreq') !== 0,
    decides: (scene) => scene.field('vm1.sw.is_polling_ioreq'),
    scenario: 'stock',
  },
  {
    name: 'upcall-arrives',
    stages: ['linux:arch/x86/kernel/cpu/acrn.c#DEFINE_IDTENTRY_SYSVEC(sysvec_acrn_hv_callback)'],
    holds: (scene) => scene.value('acrn_intr_handler') !== 0,
    decides: (scene) => [...scene.field('acrn_intr_handler'), ...scene.field('acrn_hsm_notification_vector')],
    scenario: 'upcall-dropped',
  },
  {
    name: 'worker-prompt',
    stages: [`${HSM}ioreq_dispatcher`],
    holds: () => true,
    decides: (scene) => scene.field('ioreq_work.pending'),
    scenario: 'worker-late',
  },
  {
    name: 'no-ioeventfd',
    stages: [`${HSM}find_ioreq_client`, `${HSM}acrn_ioreq_client_wait`],
    holds: (scene) => claimed(scene) === 0,
    decides: (scene) => [...scene.field('acrn_hsm0.default_client'), ...clients(scene)],
    scenario: 'ioeventfd',
  },
  {
    name: 'ioeventfd-claims',
    stages: [`${HSM}find_ioreq_client`, `${HSM}ioreq_task`, `${IOEVENTFD}acrn_ioeventfd_handler`],
    holds: (scene) => claimed(scene) > 0,
    decides: clients,
    scenario: 'stock',
  },
  {
    name: 'completion-notified',
    stages: [`${HSM}ioreq_complete_request`, `${HYPERCALL}hcall_notify_req_finish`],
    holds: (scene) => Number(scene.slotField('completion_polling', 4)[0]?.value ?? 0) === 0,
    decides: (scene) => scene.slotField('completion_polling', 4),
    scenario: 'polling-completion',
  },
  {
    name: 'completion-polled',
    stages: [`${HSM}ioreq_complete_request`],
    holds: (scene) => Number(scene.slotField('completion_polling', 4)[0]?.value ?? 0) !== 0,
    decides: (scene) => scene.slotField('completion_polling', 4),
    scenario: 'stock',
  },
  {
    name: 'interrupt-posted',
    stages: [`${VLAPIC}apicv_trigger_pi_anv`, `${VLAPIC}apicv_advanced_accept_intr`],
    holds: (scene) => scene.value('vm1.vcpu{v}.vlapic.pid.on') !== 0,
    decides: (scene) => [...scene.field('vm1.vcpu{v}.vlapic.pid.on'), ...scene.field('vm1.vcpu{v}.non_root')],
    scenario: 'lost-wake-up',
  },
  {
    name: 'guest-halts',
    stages: ['acrn:hypervisor/arch/x86/guest/vmexit.c#hlt_vmexit_handler'],
    holds: () => true,
    decides: (scene) => scene.field('vm1.vcpu{v}.arch.pending_req'),
    scenario: '',
  },
];
