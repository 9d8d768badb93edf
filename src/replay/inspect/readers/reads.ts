/** Functions of one C file, as stage ids: `reads('linux:fs/eventfd.c')('eventfd_signal_mask')`. */
export const reads =
  (file: string) =>
  (...functions: readonly string[]): readonly string[] =>
    functions.map((name) => `${file}#${name}`);
