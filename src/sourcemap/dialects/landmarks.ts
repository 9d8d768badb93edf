/** The kinds of source tree that a map joins. */
export type TreeKind = 'acrn' | 'linux';

/** How a tree of this kind is known, and where it states its version. */
export interface Landmarks {
  /** Any one of these tells the tree; the first is the one named to a user whose folder has none. */
  readonly files: readonly [string, ...string[]];
  /** Files that state the version, in the order in which they are asked. */
  readonly versions: readonly { readonly file: string; readonly parse: (text: string) => string | undefined }[];
}

/** Landmarks of both kinds. Files that every version has and no other project. */
export const LANDMARKS: Readonly<Record<TreeKind, Landmarks>> = {
  acrn: {
    files: ['hypervisor/dm/io_req.c', 'devicemodel/core/vmmapi.c'],
    versions: [{ file: 'VERSION', parse: acrnVersion }],
  },
  linux: {
    files: ['drivers/virtio/virtio_ring.c', 'drivers/virt/acrn/hsm.c'],
    versions: [
      { file: 'Makefile', parse: kernelMakefileVersion },
      { file: 'include/config/kernel.release', parse: firstLine },
      { file: 'include/generated/utsrelease.h', parse: utsRelease },
    ],
  },
};

/** ACRN's VERSION: MAJOR_VERSION, MINOR_VERSION and EXTRA_VERSION, one `NAME=value` a line. */
function acrnVersion(text: string): string | undefined {
  const major = assigned(text, 'MAJOR_VERSION');
  const minor = assigned(text, 'MINOR_VERSION');
  return major && minor ? `${major}.${minor}${assigned(text, 'EXTRA_VERSION') ?? ''}` : undefined;
}

/** The top Makefile of Linux: VERSION, PATCHLEVEL, SUBLEVEL, EXTRAVERSION. */
function kernelMakefileVersion(text: string): string | undefined {
  const version = assigned(text, 'VERSION');
  const level = assigned(text, 'PATCHLEVEL');
  if (!version || !level) {
    return undefined;
  }
  const sub = assigned(text, 'SUBLEVEL');
  return `${version}.${level}${sub ? `.${sub}` : ''}${assigned(text, 'EXTRAVERSION') ?? ''}`;
}

/** The release that a configured build wrote down. */
function firstLine(text: string): string | undefined {
  const line = text.split('\n', 1)[0]?.trim();
  return line === '' ? undefined : line;
}

/** `#define UTS_RELEASE "6.12.1"` of a built tree. */
function utsRelease(text: string): string | undefined {
  return /#define\s+UTS_RELEASE\s+"([^"]+)"/.exec(text)?.[1];
}

function assigned(text: string, name: string): string | undefined {
  return new RegExp(`^[ \\t]*${name}[ \\t]*=[ \\t]*(\\S*)[ \\t]*$`, 'm').exec(text)?.[1];
}
