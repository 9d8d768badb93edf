import type { Part } from '../../src/sourcemap/query/parts.ts';
import { type Bound, share, type Table } from './table.ts';

/** Folders and files of the kernel whose parse errors are bounded. */
const LINUX = [
  'drivers/virt/',
  'drivers/virtio/',
  'drivers/char/virtio_console.c',
  'drivers/tty/hvc/',
  'fs/eventfd.c',
  'fs/eventpoll.c',
];
const ACRN = ['hypervisor/', 'devicemodel/', 'misc/'];

/** Files that still have parse errors after masking, per folder. */
export function errorTable(acrn: readonly Part[], linux: readonly Part[]): Table {
  const rows: string[] = [];
  const bounds: Bound[] = [];
  for (const [name, parts, folders, most] of [
    ['ACRN', acrn, ACRN, 0.02],
    ['Linux', linux, LINUX, 0.03],
  ] as const) {
    const errors = new Map(parts.flatMap((part) => part.reading.facts.map((file) => [file.path, file.errorLines])));
    const within = (folder: string): [string, readonly number[]][] =>
      [...errors].filter(([path]) => path.startsWith(folder));
    for (const folder of folders) {
      const files = within(folder);
      const wrong = files.filter(([, lines]) => lines.length > 0);
      rows.push(`${name} ${folder}: ${wrong.length} of ${files.length} files`);
      rows.push(...wrong.map(([path, lines]) => `  ${path}:${lines[0]}`));
    }
    const all = folders.flatMap(within);
    const wrong = all.filter(([, lines]) => lines.length > 0).length;
    bounds.push({ what: `${name}: files with parse errors`, ...share(wrong, all.length), most });
  }
  return { title: 'files with parse errors after masking', rows, bounds };
}
