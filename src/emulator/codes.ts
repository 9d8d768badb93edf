/*
 * What is said about a run itself, by code: what a scenario forces, and what happens outside the machine. The sentences stand
 * in texts/.
 */

/** Lines about the run. */
export const MACHINE_LOGS = [
  'forced', // a condition that stock software does not fulfil, and the line that decides it
  'outside-input', // bytes came from outside: how many were taken, or a negative errno
  'outside-no-such-end', // nobody can type there
  'outside-connected', // 0, or a negative errno
  'outside-hung-up', // the other end closed
  'outside-stopped-reading', // the other end called shutdown(SHUT_RD)
  'device-model-killed', // SIGKILL
] as const;
