import { utf8 } from '../../../src/base/bytes.ts';
import { GuestKernel } from '../../../src/emulator/guest/kernel.ts';
import { Memory } from '../../../src/emulator/memory.ts';
import { declaredStages } from '../../../src/emulator/stage.ts';
import { Recorder } from '../../../src/trace/recorder.ts';
import { ACRN, ConsoleDevice, type DeviceOptions } from './console-device.ts';

/** A guest alone with a device under test. */
export function guestWith(options: Partial<DeviceOptions> = {}, vcpus = 1, cmdline = '') {
  const recorder = new Recorder(declaredStages());
  const ram = new Memory(recorder, 'guest-kernel', 'User VM RAM', [{ start: 0, size: 0x4000000 }]);
  const guest = new GuestKernel({ recorder, ram, vcpus, onUserSpace: () => recorder.beginRun(), cmdline });
  const device = new ConsoleDevice(ram, guest.cpus, { ...ACRN, ...options });
  const cpu = guest.cpus[0];
  if (cpu === undefined) {
    throw new Error('no vCPU');
  }
  return { recorder, ram, guest, device, cpu };
}

/** The functions entered in phase `run` (or in all of the trace) on contexts whose name starts with `context`. */
export function entered(recorder: Recorder, context = '', from = recorder.trace.runStart): string[] {
  const { trace } = recorder;
  return [...trace.events(Number.isFinite(from) ? from : 0)]
    .filter((event) => event.kind === 'enter' && (trace.contexts[event.context]?.name ?? '').startsWith(context))
    .map((event) => trace.stages[event.stage]?.function ?? '?');
}

/** Text as the bytes that a write gets. */
export const write = (path: string, text: string | Uint8Array) => ({
  path,
  bytes: typeof text === 'string' ? utf8(text) : text,
});

/** Bytes as text, one character a byte. */
export const text = (bytes: readonly number[] | undefined): string => String.fromCharCode(...(bytes ?? []));
