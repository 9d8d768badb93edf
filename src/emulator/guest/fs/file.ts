import type { Stage } from '../../stage.ts';
import type { GuestCx, Steps } from '../task.ts';

type FileOperation<A extends readonly unknown[]> = ((cx: GuestCx, file: GuestFile, ...args: A) => Steps<number>) &
  Stage;

/** `struct file_operations`: buffers are addresses in guest RAM; results below zero are negative errno values. */
export interface FileOperations {
  readonly open: FileOperation<[]>;
  readonly write?: FileOperation<[buffer: number, count: number]>;
  readonly write_iter?: FileOperation<[buffer: number, count: number]>;
  readonly read?: FileOperation<[buffer: number, count: number]>;
  readonly read_iter?: FileOperation<[buffer: number, count: number]>;
  readonly release: FileOperation<[]>;
  readonly splice_write?: FileOperation<[parts: readonly SplicePage[]]>;
}

/** A page in a pipe: where its bytes lie, and how many. */
export interface SplicePage {
  readonly address: number;
  readonly length: number;
}

/** `struct file`. */
export class GuestFile {
  readonly path: string;
  readonly f_op: FileOperations;
  /** What the device node stands for (`inode->i_cdev`, the tty's index). */
  readonly node: unknown;
  /** Set by `open`. */
  private_data: unknown;

  constructor(path: string, fOp: FileOperations, node: unknown) {
    this.path = path;
    this.f_op = fOp;
    this.node = node;
  }
}

/** A node of devtmpfs. */
export interface DeviceNode {
  readonly f_op: FileOperations;
  readonly node: unknown;
}
