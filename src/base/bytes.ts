/** Bytes as lower-case hex, two digits each. */
export function toHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) {
    text += byte.toString(16).padStart(2, '0');
  }
  return text;
}

/** Bytes of a hex string; undefined where it has an odd length or a character that is no hex digit. */
export function fromHex(text: string): Uint8Array | undefined {
  if (text.length % 2 !== 0 || /[^0-9a-fA-F]/.test(text)) {
    return undefined;
  }
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i++) {
    bytes[i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16);
  }
  return bytes;
}

/** UTF-8 bytes of a text. */
export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** One line a person can read: printable ASCII as it is, newline as `\n`, CR as `\r`, other bytes as `\xNN`. */
export function printable(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) {
    if (byte === 10) {
      text += '\\n';
    } else if (byte === 13) {
      text += '\\r';
    } else if (byte === 9) {
      text += '\\t';
    } else if (byte >= 32 && byte < 127) {
      text += String.fromCharCode(byte);
    } else {
      text += `\\x${byte.toString(16).padStart(2, '0')}`;
    }
  }
  return text;
}

/** Bytes turned into characters at once: more would overflow the argument list. */
const STRIDE = 0x8000;

/** Bytes as a text of the same length, a character for each byte. */
export function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += STRIDE) {
    text += String.fromCharCode(...bytes.subarray(at, at + STRIDE));
  }
  return text;
}
