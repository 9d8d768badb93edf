import type { TreeKind } from './landmarks.ts';

/** Files of the top folder: they state the version. */
const TOP = ['/*', '!/*/'];

/**
 * What a sparse checkout takes, as patterns of git's `info/sparse-checkout` (the last that fits a path decides): all that is
 * indexed by default, in every version, and the headers that come along.
 */
export const FETCHED: Readonly<Record<TreeKind, readonly string[]>> = {
  acrn: [...TOP, '/devicemodel/', '/hypervisor/', '/misc/'],
  linux: [
    ...TOP,
    '/arch/x86/entry/',
    '/arch/x86/include/',
    '/arch/x86/kernel/',
    '/drivers/block/virtio_blk.c',
    '/drivers/char/virtio_console.c',
    '/drivers/tty/',
    '/drivers/virt/',
    '/drivers/virtio/',
    '/fs/*.[ch]',
    '!/fs/*/*',
    '/include/',
    '/kernel/',
    '/lib/*.[ch]',
    '!/lib/*/*',
  ],
};
