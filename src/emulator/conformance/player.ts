import { gpa } from '../../base/brand.ts';
import { fromHex, toHex } from '../../base/bytes.ts';
import { Recorder } from '../../trace/recorder.ts';
import { Cx } from '../cx.ts';
import { newProcess } from '../device-model/device-model.ts';
import { init_inout } from '../device-model/inout.ts';
import { ioapic_init } from '../device-model/ioapic.ts';
import { iothread_create } from '../device-model/iothread.ts';
import { pci_irq_init } from '../device-model/irq.ts';
import { init_mem } from '../device-model/mem.ts';
import { mevent_dispatch, mevent_init } from '../device-model/mevent.ts';
import { deinit_pci, init_pci, pci_parse_slot } from '../device-model/pci-core/init.ts';
import type { PciVdev } from '../device-model/pci-core/vdev.ts';
import { type AcrnDm, type DmCx, STOCK_OPTIONS } from '../device-model/process.ts';
import { acrn_parse_virtio_poll_interval } from '../device-model/virtio/poll.ts';
import type { VirtioConsole } from '../device-model/virtio-console/structs.ts';
import { Memory } from '../memory.ts';
import { firstRunnable, Scheduler } from '../scheduler.ts';
import { declaredStages } from '../stage.ts';
import { deathOf } from './death.ts';
import type { Out, RecordedOp, Recording } from './document.ts';
import { FarEnds } from './far-ends.ts';
import { guestAccess, isGuestAccess } from './guest-access.ts';
import { memoryChanges } from './memory-diff.ts';
import { OpRecord, type ThreadName } from './op-record.ts';
import { RecorderKernel } from './recorder-kernel.ts';
import { deviceState } from './state.ts';
import { runIothreads, runMevent } from './wake-ups.ts';

const SLOT = '4,virtio-console';

/** Everything that one played recording needs. */
export class Player {
  readonly recorder = new Recorder(declaredStages());
  readonly recording: Recording;
  readonly record: OpRecord;
  readonly far: FarEnds;
  readonly kernel: RecorderKernel;
  readonly dm: AcrnDm;
  readonly vcpu: DmCx;
  readonly mevent: DmCx;
  readonly guestRam: Memory;
  readonly dispatcher: Generator<unknown, void, unknown>;
  #area: number;
  #lastState = '';
  #meventReady = false;
  #dispatching = false;
  #dead = false;
  #gone = false;

  constructor(recording: Recording) {
    this.recording = recording;
    const { recorder } = this;
    const settings = recording.device.harness_settings;
    this.record = new OpRecord(recorder, (context) => this.#threadName(context));
    this.far = new FarEnds(recording.device.stdin, stdioEndpoint(recording.ops));
    this.kernel = new RecorderKernel(recorder, this.record, this.far);
    this.#area = recorder.trace.memories.length;
    const { low, high } = recording.guest_memory;
    this.guestRam = new Memory(recorder, 'guest-kernel', 'User VM RAM', [rangeOf(low), rangeOf(high)]);
    const serviceRam = new Memory(recorder, 'service-vm-kernel', 'Service VM RAM', [{ start: 0, size: 0 }]);
    const scheduler = new Scheduler(recorder, firstRunnable);
    const parts = { recorder, scheduler, guestRam: this.guestRam, serviceRam, sys: this.kernel };
    this.dm = newProcess(parts, { ...STOCK_OPTIONS, msix: !settings.includes('uses_msix 0') });
    this.vcpu = this.#thread('vcpu');
    this.mevent = this.#thread('mevent');
    this.dispatcher = mevent_dispatch(this.mevent);
    this.dm.watch = (cx, request) => this.record.see('irqs', cx.context.id, request);
    this.#applySettings(settings);
  }

  /** Plays every operation; the same operations with what they brought here. */
  play(): RecordedOp[] {
    const played: RecordedOp[] = [];
    for (const op of this.recording.ops) {
      played.push(op.op === 'repeat' ? this.#repeat(op) : this.#withOut(op));
      if (this.#dead) {
        break;
      }
    }
    return played;
  }

  /** One operation more; what it brought, undefined where that is nothing a recording lists, or the process has died. */
  step(op: RecordedOp): Out | undefined {
    return this.#dead ? undefined : this.#run(op);
  }

  /** One operation more, of which nothing is listed: much faster. Whether the process lives on. */
  act(op: RecordedOp): boolean {
    if (!this.#dead) {
      this.#attempt(op);
      if (op.op === 'init') {
        this.#beginDispatch();
      }
    }
    return !this.#dead;
  }

  /** The device, once init has made it. */
  get device(): PciVdev | undefined {
    return this.dm.pci.funcs[0]?.fi_devi;
  }

  get #console(): VirtioConsole | undefined {
    return this.device?.arg?.vdev;
  }

  #withOut(op: RecordedOp): RecordedOp {
    const out = this.#run(op);
    return out === undefined ? op : { ...op, out };
  }

  /** One operation; undefined where it brings nothing that a recording lists. */
  #run(op: RecordedOp): Out | undefined {
    const result = this.#attempt(op);
    return this.#dead ? { ...result, ...this.record.collect() } : result && this.#outOf(op, result);
  }

  /** What an operation returns, or how the process died in it. */
  #attempt(op: RecordedOp): Out | undefined {
    this.recorder.switchTo(this.vcpu.strand);
    this.kernel.runsIn(this.vcpu.context.id);
    let result: Out | undefined;
    try {
      result = this.#perform(op);
    } catch (error) {
      return this.#died(error);
    }
    this.#startThreads();
    return this.dm.living.value === 0 ? this.#died(this.dm.killedBy) : result;
  }

  #perform(op: RecordedOp): Out | undefined {
    if (isGuestAccess(op)) {
      return guestAccess(this, op);
    }
    switch (op.op) {
      case 'init':
        return this.#init(op.opts ?? null);
      case 'mem_write':
        this.#memWrite(op);
        return undefined;
      case 'mem_read':
        return { hex: toHex(this.guestRam.read(gpa(op.gpa ?? 0), op.len ?? 0)) };
      case 'run_mevent':
        return runMevent(this, op.max_iterations ?? 0);
      case 'run_iothread':
        return runIothreads(this, op.max_iterations ?? 0);
      case 'deinit':
        deinit_pci(this.vcpu);
        this.#gone = true;
        return { ok: 1 };
      default:
        return this.#harness(op);
    }
  }

  /** What the recorder itself does, and the outside. */
  #harness(op: RecordedOp): Out | undefined {
    const endpoint = op.endpoint ?? '';
    switch (op.op) {
      case 'set_iothread':
        return { ok: setIothread(this, op.n ?? 0) };
      case 'set_qsize':
        this.#setQueueSize(op.queue ?? 0, op.qsize ?? 0);
        return { ok: 1 };
      case 'sleep_ms':
        this.kernel.clock.advance((op.ms ?? 0) * 1_000_000);
        return { ok: 1 };
      case 'force_schedule':
        this.kernel.threadsRunFirst = true;
        return { ok: 1 };
      case 'backend_input':
        this.far.input(endpoint, fromHex(op.hex ?? '') ?? new Uint8Array(0));
        return undefined;
      case 'backend_connect':
        return { errno: this.far.connect(endpoint, op.path ?? '') };
      default:
        return this.#outsideOnly(op.op, endpoint, op.path ?? '');
    }
  }

  #outsideOnly(op: string, endpoint: string, path: string): Out | undefined {
    switch (op) {
      case 'backend_close':
        this.far.close(endpoint);
        break;
      case 'backend_listen':
        this.far.listen(path);
        break;
      case 'backend_accept':
        this.far.accept(endpoint);
        break;
      case 'backend_stop_reading':
        this.far.setReading(endpoint, false);
        break;
      case 'backend_drain':
        this.far.setReading(endpoint, true);
        return {};
      default:
        break;
    }
    return undefined;
  }

  #init(opts: string | null): Out {
    const { vcpu } = this;
    if (!this.#meventReady) {
      mevent_init(vcpu);
    }
    const text = opts?.replaceAll('$TTY', this.far.ttyPath);
    const parsed = pci_parse_slot(vcpu, text === undefined ? SLOT : `${SLOT},${text}`);
    const made = init_pci(vcpu);
    const bars = this.device?.bar;
    return {
      parse_ret: parsed,
      init_ret: made,
      bar0_addr: bars?.[0]?.addr.value ?? 0,
      bar0_size: bars?.[0]?.size.value ?? 0,
      bar1_size: bars?.[1]?.size.value ?? 0,
    };
  }

  /** The guest writes its own memory: never part of what the device model changed. */
  #memWrite(op: RecordedOp): void {
    const at = gpa(op.gpa ?? 0);
    const bytes = fromHex(op.hex ?? '') ?? new Uint8Array(0);
    const step = /^old_idx\+(\d+) \(u16\)$/.exec(String(op.value ?? ''))?.[1];
    if (step !== undefined) {
      this.guestRam.write16(at, (this.guestRam.read16(at) + Number(step)) & 0xffff);
    } else if (this.guestRam.holds(at, bytes.length)) {
      this.guestRam.write(at, bytes);
    }
    this.record.skip();
  }

  #setQueueSize(queue: number, size: number): void {
    const cell = this.#console?.base.queues[queue]?.qsize;
    if (cell !== undefined) {
      cell.value = size;
    }
  }

  /** Lists of an operation around what it returned, in the order of a recording. */
  #outOf(op: RecordedOp, result: Out): Out {
    const before = this.record.changedBytes(this.#area);
    const changes = memoryChanges(this.guestRam, before, this.recording.regions);
    const lists = this.record.collect();
    const output = this.far.output();
    const state = op.op === 'mem_read' ? undefined : this.#newState();
    if (op.op === 'init') {
      this.#beginDispatch();
    }
    return {
      ...result,
      ...lists,
      ...(changes.length === 0 ? {} : { mem_changed: changes }),
      ...(state === undefined ? {} : { state }),
      ...(output.length === 0 ? {} : { backend_out: output }),
    };
  }

  #newState(): Record<string, unknown> | undefined {
    const console = this.#console;
    if (console === undefined || this.#gone) {
      return undefined;
    }
    const state = deviceState(console);
    const text = JSON.stringify(state);
    if (text === this.#lastState) {
      return undefined;
    }
    this.#lastState = text;
    return state;
  }

  #died(error: unknown): Out {
    const died = deathOf(error, this.guestRam, this.#threadName(this.recorder.running.outermostContext));
    this.#dead = true;
    return { process_died: died };
  }

  /** Rounds of a body, of which only the last one's result is kept. */
  #repeat(op: RecordedOp): RecordedOp {
    const count = op.count ?? 0;
    let last: Out | undefined;
    for (let round = 1; round <= count && !this.#dead; round++) {
      this.recorder.on = round === count;
      for (const one of op.body ?? []) {
        last = this.#run(one) ?? last;
      }
    }
    this.recorder.on = true;
    const { irqs, state } = last ?? {};
    return {
      ...op,
      out_last_round: { ...(irqs === undefined ? {} : { irqs }), ...(state === undefined ? {} : { state }) },
    };
  }

  /** The dispatcher starts as the device has been made, unseen. */
  #beginDispatch(): void {
    if (!this.#dispatching) {
      this.#dispatching = true;
      this.dispatcher.next();
      this.record.skip();
    }
  }

  /** Threads that the operation made run up to their first wait. */
  #startThreads(): void {
    for (const thread of this.kernel.threads) {
      if (!thread.started) {
        this.kernel.start(thread);
      }
    }
  }

  #applySettings(settings: readonly string[]): void {
    const { vcpu, dm } = this;
    const { low, high } = this.recording.guest_memory;
    dm.ctx.fd.value = 3;
    dm.ctx.lowmem_limit.value = 0x80000000;
    dm.ctx.highmem_gpa_base.value = high.gpa;
    dm.ctx.lowmem.value = low.size;
    dm.ctx.highmem.value = high.size;
    init_mem(vcpu);
    init_inout(vcpu);
    pci_irq_init(vcpu);
    ioapic_init(vcpu);
    this.#meventReady = settings.length > 0;
    if (this.#meventReady) {
      mevent_init(vcpu);
    }
    for (const setting of settings) {
      const [name, value = ''] = setting.split(' ');
      if (name === 'poll') {
        acrn_parse_virtio_poll_interval(vcpu, value);
      }
    }
    this.record.skip();
  }

  #thread(name: ThreadName): DmCx {
    const strand = this.recorder.strand(name);
    return new Cx(this.dm, this.recorder, strand, this.dm.context(name));
  }

  #threadName(context: number): ThreadName {
    const name = this.recorder.trace.contexts[context]?.name;
    return name === 'vcpu' || name === 'mevent' ? name : 'iothread';
  }
}

const rangeOf = ({ gpa: start, size }: { readonly gpa: number; readonly size: number }) => ({ start, size });

/** What the recording calls the far end of descriptor 0. */
function stdioEndpoint(ops: readonly RecordedOp[]): string {
  const named = ops.find((op) => op.endpoint?.startsWith('std') === true);
  return named?.endpoint ?? 'stdio';
}

/** Forces `base.iothread` on a console, as virtio-blk's option sets it; 1 where there are threads to serve it. */
function setIothread(player: Player, count: number): number {
  const base = player.device?.arg;
  if (base === undefined) {
    return 0;
  }
  base.iothread.value = 1;
  const contexts = count === 0 ? [] : iothread_create(player.vcpu, count, 'vtcon');
  for (const vq of base.queues) {
    vq.viothrd.ioctx = contexts[vq.num % contexts.length];
  }
  return contexts.length > 0 ? 1 : 0;
}

/** Plays a recording against the emulated device model; the same document with the emulator's own results. */
export function playRecording(recording: Recording): Recording {
  return { ...recording, ops: new Player(recording).play() };
}
