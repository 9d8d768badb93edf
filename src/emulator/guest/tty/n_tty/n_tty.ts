import type { LdiscOperations } from '../tty_struct.ts';
import { n_tty_read, n_tty_receive_buf2 } from './input.ts';
import { n_tty_write } from './output.ts';

/** `n_tty_ops`. */
export const n_tty_ops: LdiscOperations = {
  write: n_tty_write,
  read: n_tty_read,
  receive_buf2: n_tty_receive_buf2,
};
