import { toHex, utf8 } from '../base/bytes.ts';
import type { Backend, Scenario } from './scenario.ts';

/** Path that a file backend opens inside the emulated Service VM. No real file is behind it unless the user names one. */
export const FILE_BACKEND_PATH = '/run/virtio-console.out';

/** acrn-dm's option text for one console port on this backend. */
export function consoleOptions(backend: Backend): string {
  return backend === 'stdio' ? '@stdio:stdio_port' : `@file:file_port=${FILE_BACKEND_PATH}`;
}

/** A guest process writes a line to its first virtio console; everything is as a stock ACRN system sets it up. */
export const stock: Scenario = {
  format: 1,
  name: 'stock',
  route: 'stock',
  title: { en: 'Write a line to /dev/hvc0', 'zh-cn': '向 /dev/hvc0 写入一行' },
  summary: {
    en: 'The guest writes to its console; acrn-dm handles the kick synchronously in its vm_loop thread.',
    'zh-cn': '客户机写控制台；acrn-dm 在其 vm_loop 线程中同步处理这次通知（kick）。',
  },
  machine: { vcpus: 1, console: consoleOptions('stdio'), seed: 0 },
  guest: [{ do: 'write', vcpu: 0, path: '/dev/hvc0', hex: toHex(utf8('hello\n')) }],
  forced: [],
};

/** The named scenarios, by route. */
export const NAMED: ReadonlyMap<string, Scenario> = new Map([[stock.route, stock]]);

/** The same scenario with another text (undefined: its own) and another backend. */
export function withWrite(scenario: Scenario, bytes: Uint8Array | undefined, backend: Backend): Scenario {
  const hex = bytes === undefined ? undefined : toHex(bytes);
  return {
    ...scenario,
    machine: { ...scenario.machine, console: consoleOptions(backend) },
    guest: scenario.guest.map((action) => ({ ...action, hex: hex ?? action.hex })),
  };
}
