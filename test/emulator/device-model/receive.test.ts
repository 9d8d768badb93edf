import { expect, it } from 'vitest';
import { utf8 } from '../../../src/base/bytes.ts';
import { forcing } from '../../../src/emulator/device-model/forced.ts';
import { Machine } from '../../../src/emulator/machine.ts';
import type { RegularFile } from '../../../src/emulator/outside/files.ts';
import { EmulatedOutside } from '../../../src/emulator/outside/outside.ts';

const HELLO = [{ vcpu: 0, path: '/dev/hvc0', bytes: utf8('hello\n') }];

function machine(consoleOptions: string): { readonly machine: Machine; readonly outside: EmulatedOutside } {
  const outside = new EmulatedOutside();
  return { machine: new Machine({ vcpus: 1, consoleOptions, seed: 0, outside }), outside };
}

function entered(one: Machine, from = 0): readonly string[] {
  const { trace } = one;
  return [...trace.events(from)]
    .filter((event) => event.kind === 'enter' && trace.contexts[event.context]?.program === 'device-model')
    .map((event) => trace.stages[event.stage]?.function ?? '');
}

it('input at a pseudo terminal reaches the guest through the dispatcher', () => {
  const { machine: one, outside } = machine('@pty:p');
  one.run(HELLO);
  const from = one.trace.length;
  outside.ptys[0]?.openSlave().write(utf8('typed'));
  one.run([]);
  const names = entered(one, from);
  expect(names.slice(0, 3)).toEqual(['mevent_handle', 'virtio_console_backend_read', 'virtio_console_port_to_vq']);
  expect(names).toContain('vm_lapic_msi');
});

it.each([
  [{ iothreads: 1 }, ['io_thread', 'iothread_handler', 'virtio_register_ioeventfd']],
  [{ modern: 'mmio' }, ['virtio_pci_modern_mmio_write', 'virtio_notify_cfg_write', 'virtio_common_cfg_write']],
  [{ modern: 'pio' }, ['virtio_pci_modern_pio_write', 'virtio_common_cfg_write']],
] as const)('a console forced to %j takes that route and loses nothing', (forced, expected) => {
  const { machine: one, outside } = machine('@file:p=/run/x');
  one.deviceModel.process.force = forcing(forced);
  one.run(HELLO);
  expect(entered(one)).toEqual(expect.arrayContaining([...expected]));
  const file = outside.open('/run/x') as RegularFile;
  expect(new TextDecoder().decode(file.contents)).toBe('hello\r\n');
});
