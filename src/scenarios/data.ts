import { fromHex, toHex, utf8 } from '../base/bytes.ts';
import type { Data } from './scenario.ts';

const HEX = 'hex:';

/** The bytes that `data` names; undefined where `hex:` is not followed by pairs of hex digits. */
export const bytesOf = (data: Data): Uint8Array | undefined =>
  data.startsWith(HEX) ? fromHex(data.slice(HEX.length)) : utf8(data);

/** Any bytes in the form of a scenario. */
export const dataOf = (bytes: Uint8Array): Data => `${HEX}${toHex(bytes)}`;
