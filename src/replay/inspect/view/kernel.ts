import { EXIT_REASON } from '../../../emulator/boundaries.ts';
import type { FieldsView, StateField, StateGroup } from '../../../protocol/inspect.ts';
import { INSPECT_WORDS } from '../../../texts/inspect/words.ts';
import { requestBits } from '../bits.ts';
import { decodeSharedBuffer, SHARED_BUFFER_BYTES } from '../decode/shared-buffer.ts';
import { bitsNamed, type Lens } from '../lens.ts';
import { hex, MEMORY } from '../snapshot.ts';

/** vCPUs of the User VM that are shown. */
const VCPUS = 4;

/** Everything between the programs that counts, queues or is woken: one group for each kind. */
export function kernelView(lens: Lens): FieldsView {
  return {
    topic: 'kernel',
    note: '',
    groups: [clients(lens), works(lens), files(lens), ...vcpus(lens), ...sharedBuffer(lens), device(lens), guest(lens)],
  };
}

/** Paths of this machine's fields that match. */
const paths = (lens: Lens, pattern: RegExp): readonly string[] =>
  lens.trace.fields.map(({ path }) => path).filter((path) => pattern.test(path));

/** All fields that match, under their whole paths. */
const matching = (lens: Lens, pattern: RegExp): readonly StateField[] =>
  paths(lens, pattern).flatMap((path) => lens.field(path, { name: path }));

function clients(lens: Lens): StateGroup {
  const words = INSPECT_WORDS[lens.language];
  const slots = bitsNamed(new Map(Array.from({ length: 16 }, (_, slot) => [slot, String(slot)])));
  const fields = paths(lens, /\.client ".*"\.(ioreqs_map|range_list\.length|flags)$/).flatMap((path) => {
    const name = path.slice(path.indexOf('client '));
    const means = (value: number): string => (value === 0 ? '' : words.slotsNamed(slots(value)));
    return lens.field(path, path.endsWith('ioreqs_map') ? { name, means } : { name });
  });
  return lens.group(words.clients, 'service-vm-kernel', fields);
}

const works = (lens: Lens): StateGroup =>
  lens.group(INSPECT_WORDS[lens.language].works, 'service-vm-kernel', [
    ...lens.fields('', ['ioreq_work.pending', 'ioreq_work.func', 'vcpu0.lapic.irr', 'irq_stat.irq_hv_callback_count']),
    ...lens.fields('acrn_hsm0.', ['default_client', 'ioeventfds.length', 'pci_conf_addr']),
  ]);

const files = (lens: Lens): StateGroup =>
  lens.group(
    INSPECT_WORDS[lens.language].files,
    'service-vm-kernel',
    matching(lens, /^(eventfd\d+\.count|timerfd\d+\.(ticks|expires)|eventpoll\d+\.rdllist\.length|pipe\d+\.length)$/),
  );

/** What the hypervisor keeps of the User VM's processors. */
function vcpus(lens: Lens): readonly StateGroup[] {
  const words = INSPECT_WORDS[lens.language];
  const reasons: ReadonlyMap<number, string> = new Map([
    [EXIT_REASON.externalInterrupt, words.reasonExternalInterrupt],
    [EXIT_REASON.hlt, words.reasonHlt],
    [EXIT_REASON.vmcall, words.reasonVmcall],
    [EXIT_REASON.ioInstruction, words.reasonIo],
    [EXIT_REASON.virtualizedEoi, words.reasonEoi],
    [EXIT_REASON.eptViolation, words.reasonEpt],
  ]);
  const thread = ['', words.running, words.runnable, words.blocked];
  const there = Array.from({ length: VCPUS }, (_, vcpu) => vcpu).filter(
    (vcpu) => lens.after.field(`vm1.vcpu${vcpu}.state`) !== undefined,
  );
  return there.map((vcpu) => {
    const path = `vm1.vcpu${vcpu}.`;
    return lens.group(words.vcpuInHypervisor(vcpu), 'hypervisor', [
      ...lens.field(`${path}thread_obj.status`, { name: 'thread_obj.status', means: (value) => thread[value] ?? '' }),
      ...lens.fields(path, ['thread_obj.be_blocking', 'non_root']),
      ...lens.field(`${path}arch.exit_reason`, {
        name: 'arch.exit_reason',
        means: (value) => reasons.get(value) ?? '',
      }),
      ...lens.field(`${path}arch.pending_req`, { name: 'arch.pending_req', means: requestBits }),
      ...lens.fields(path, [
        'events[VCPU_EVENT_IOREQ].set',
        'events[VCPU_EVENT_IOREQ].waiting_thread',
        'events[VCPU_EVENT_VIRTUAL_INTERRUPT].set',
        'events[VCPU_EVENT_VIRTUAL_INTERRUPT].waiting_thread',
        'vlapic.pid.on',
      ]),
    ]);
  });
}

/** The shared buffer of asyncio, where it is set up. */
function sharedBuffer(lens: Lens): readonly StateGroup[] {
  const words = INSPECT_WORDS[lens.language];
  const base = lens.after.value('vm1.sw.asyncio_sbuf');
  if (base === 0) {
    return [];
  }
  const area = lens.after.area(MEMORY.serviceVm);
  const [before, after] = lens.bytes(area, base, SHARED_BUFFER_BYTES).map(decodeSharedBuffer);
  const field = (name: string, offset: number): StateField =>
    lens.place({ name, key: `sbuf.${name}`, area, address: base + offset, length: 4 });
  const shown = (buffer: typeof after): string => buffer?.elements.map(hex).join(', ') || '-';
  const elements: StateField = {
    name: words.elements,
    value: shown(after),
    ...(shown(before) === shown(after) ? {} : { was: shown(before) }),
    means: '',
    ...lens.use('sbuf.data', area, base + 64, SHARED_BUFFER_BYTES - 64),
  };
  return [lens.group(words.sharedBuffer, 'hypervisor', [field('head', 16), field('tail', 20), elements])];
}

const device = (lens: Lens): StateGroup =>
  lens.group(
    INSPECT_WORDS[lens.language].deviceModelSide,
    'device-model',
    matching(
      lens,
      /^(ioctxes\[\d+\]\.(epfd|started)|mevent\[\d+\]\.me_(fd|state)|console\.backends\[\d+\]\.fd|living)$/,
    ),
  );

const guest = (lens: Lens): StateGroup =>
  lens.group(
    INSPECT_WORDS[lens.language].guestSide,
    'guest-kernel',
    matching(
      lens,
      /^(hvc\d+\.(n_outbuf|do_wakeup|irq_requested)|hvc_kicked|virtio0\.ports\[\d+\]\.(guest_connected|host_connected|outvq_full|stats\.bytes_(sent|received))|virtio0\.portdev\.control_work\.pending)$/,
    ),
  );
