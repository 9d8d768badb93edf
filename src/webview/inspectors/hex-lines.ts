/** Bytes of one line of a dump. */
export const LINE_BYTES = 16;

/** One byte of a dump: its two digits, its character, and whether it is marked. */
export interface HexByte {
  readonly digits: string;
  readonly char: string;
  readonly marked: boolean;
}

/** One line of a dump. */
export interface HexLine {
  readonly offset: string;
  readonly bytes: readonly HexByte[];
}

/** Bytes as lines of a dump; `marked` tells which ones stand out. */
export function hexLines(bytes: Uint8Array, marked: (at: number) => boolean, base = 0): readonly HexLine[] {
  const digits = Math.max(4, (base + bytes.length).toString(16).length);
  return Array.from({ length: Math.ceil(bytes.length / LINE_BYTES) }, (_, line) => {
    const from = line * LINE_BYTES;
    return {
      offset: (base + from).toString(16).padStart(digits, '0'),
      bytes: Array.from(bytes.subarray(from, from + LINE_BYTES), (byte, at) => ({
        digits: byte.toString(16).padStart(2, '0'),
        char: byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '·',
        marked: marked(from + at),
      })),
    };
  });
}
