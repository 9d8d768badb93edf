import { readFileSync } from 'node:fs';
import path from 'node:path';

/** A function on the stock route, where it stands in both the real trees and the sample. */
export interface Known {
  readonly function: string;
  readonly program: 'guest' | 'hypervisor' | 'service-vm' | 'device-model';
  readonly tree: 'acrn' | 'linux';
  readonly file: string;
}

const known = (program: Known['program'], tree: Known['tree'], file: string, ...functions: string[]): Known[] =>
  functions.map((name) => ({ function: name, program, tree, file }));

/** Functions in all four programs whose lines the tests look up by themselves, with a plain text search. */
export const KNOWN: readonly Known[] = [
  ...known('guest', 'linux', 'fs/read_write.c', 'ksys_write', 'vfs_write'),
  ...known('guest', 'linux', 'drivers/tty/n_tty.c', 'n_tty_write'),
  ...known('guest', 'linux', 'drivers/tty/hvc/hvc_console.c', 'hvc_write', 'hvc_push'),
  ...known('guest', 'linux', 'drivers/char/virtio_console.c', 'put_chars', '__send_to_port'),
  ...known('guest', 'linux', 'drivers/virtio/virtio_pci_common.c', 'vp_notify'),
  ...known('hypervisor', 'acrn', 'hypervisor/arch/x86/guest/vmexit.c', 'vmexit_handler'),
  ...known('hypervisor', 'acrn', 'hypervisor/arch/x86/guest/vmx_io.c', 'pio_instr_vmexit_handler'),
  ...known('hypervisor', 'acrn', 'hypervisor/dm/io_req.c', 'emulate_io', 'acrn_insert_request'),
  ...known('hypervisor', 'acrn', 'hypervisor/arch/x86/guest/vmcall.c', 'vmcall_vmexit_handler'),
  ...known('service-vm', 'linux', 'drivers/virt/acrn/ioreq.c', 'ioreq_intr_handler', 'ioreq_dispatcher'),
  ...known('service-vm', 'linux', 'drivers/virt/acrn/ioreq.c', 'acrn_ioreq_dispatch', 'find_ioreq_client'),
  ...known('device-model', 'acrn', 'devicemodel/core/main.c', 'handle_vmexit'),
  ...known('device-model', 'acrn', 'devicemodel/core/inout.c', 'emulate_inout'),
  ...known('device-model', 'acrn', 'devicemodel/hw/pci/virtio/virtio_console.c', 'virtio_console_notify_tx'),
  ...known('device-model', 'acrn', 'devicemodel/hw/pci/virtio/virtio.c', 'vq_getchain', 'vq_relchain'),
];

/** The offset right behind the parenthesis that closes the one at `open`. */
function behindParentheses(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === '(') depth++;
    if (text[at] === ')' && --depth === 0) return at + 1;
  }
  return text.length;
}

/** The lines, from 1, at which a file defines a function: its name at the head of a body, outside of any other body. */
export function definitionLines(folder: string, file: string, name: string): number[] {
  const text = readFileSync(path.join(folder, file), 'utf8');
  const heads = [...text.matchAll(new RegExp(`^(?:[A-Za-z_][^\\n;{}()]*[\\s*])?${name}\\s*\\(`, 'gm'))];
  const bodies = heads.filter((head) => {
    const rest = text.slice(behindParentheses(text, head.index + head[0].length - 1));
    return /^[^;{}()=]*\{/.test(rest);
  });
  return bodies.map((head) => text.slice(0, head.index + head[0].lastIndexOf(name)).split('\n').length);
}
