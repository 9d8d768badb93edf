import type { LogLevel } from '../../trace/kinds.ts';
import type { HazardCode, LogCode } from './codes.ts';
import type { DmCx } from './process.ts';

/** What a line says besides its code. */
export type NoteArgs = Readonly<Record<string, string | number>>;

/** `pr_err` and its family (devicemodel/include/log.h). */
function line(level: LogLevel) {
  return (cx: DmCx, code: LogCode, args: NoteArgs = {}): void => cx.log(level, code, args);
}

/** `pr_err` */
export const pr_err = line('error');
/** `pr_warn` */
export const pr_warn = line('warning');
/** `pr_notice` */
export const pr_notice = line('notice');
/** `pr_info` */
export const pr_info = line('info');

/** `pr_dbg` */
export const pr_dbg = line('debug');

/** Marks a point where the real code misbehaves. */
export const hazard = (cx: DmCx, code: HazardCode, args: NoteArgs = {}): void => cx.hazard(code, args);
