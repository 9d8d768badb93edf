import type { Backend, MachineConditions, Scenario } from './scenario.ts';

/** Paths inside the emulated Service VM that backends name. Nothing real is behind them unless the user names it. */
export const PATHS = {
  file: '/run/virtio-console.out',
  tty: '/dev/ttyS1',
  socket: '/run/virtio-console.sock',
} as const;

/** Path that a file backend opens inside the emulated Service VM. No real file is behind it unless the user names one. */
export const FILE_BACKEND_PATH = PATHS.file;

/** acrn-dm's option text for one port on this backend; a console port is marked with `@`. */
export function consoleOptions(backend: Backend, isConsole = true): string {
  const mark = isConsole ? '@' : '';
  switch (backend) {
    case 'file':
      return `${mark}file:file_port=${PATHS.file}`;
    case 'tty':
      return `${mark}tty:tty_port=${PATHS.tty}`;
    case 'socket':
      return `${mark}socket:socket_port=${PATHS.socket}:server`;
    default:
      return `${mark}${backend}:${backend}_port`;
  }
}

/** A scenario with its texts as English and Chinese, and stock conditions for what it leaves out. */
export type Draft = Pick<Scenario, 'actions'> &
  Partial<Pick<Scenario, 'route' | 'forced' | 'surroundings' | 'faults' | 'expected'>> & {
    readonly machine?: Partial<MachineConditions>;
    readonly title: readonly [en: string, zh: string];
    readonly summary: readonly [en: string, zh: string];
  };

/** Completes a draft. */
export function define(name: string, draft: Draft): Scenario {
  const { title, summary, machine, ...rest } = draft;
  return {
    format: 1,
    name,
    route: 'stock',
    forced: [],
    expected: { end: 'quiet' },
    ...rest,
    title: { en: title[0], 'zh-cn': title[1] },
    summary: { en: summary[0], 'zh-cn': summary[1] },
    machine: { vcpus: 1, console: consoleOptions('stdio'), seed: 0, ...machine },
  };
}

/** `hello` and a newline to a file of the guest, by the process on vCPU 0. */
export const hello = (path = '/dev/hvc0') => ({ do: 'write', vcpu: 0, path, data: 'hello\n' }) as const;
/** The first port that is no console. */
export const PORT_0 = '/dev/vport0p0';
