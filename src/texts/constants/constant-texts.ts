import { type Said, said } from '../events/event-texts.ts';

/** What a constant of a boundary or of virtio is. */
export type ConstantKind =
  | 'hypercall'
  | 'ioctl'
  | 'vector'
  | 'exit-reason'
  | 'feature-bit'
  | 'register'
  | 'status-bit'
  | 'ring-flag'
  | 'console-event'
  | 'ioreq';

/** A constant in our own words. */
export interface ConstantText {
  readonly kind: ConstantKind;
  readonly meaning: Said;
  /** Section of virtio 1.2 that defines it; left out where none does. */
  readonly section?: string;
  /** The same number under another name, on the other side or in another version. */
  readonly also?: readonly string[];
}

/** Constants of one kind. */
export const constants =
  (kind: ConstantKind) =>
  (rows: Readonly<Record<string, readonly [en: string, zhCn: string, section?: string, also?: string]>>) =>
    Object.fromEntries(
      Object.entries(rows).map(([name, [en, zhCn, section, also]]): [string, ConstantText] => [
        name,
        {
          kind,
          meaning: said(en, zhCn),
          ...(section === undefined || section === '' ? {} : { section }),
          ...(also === undefined ? {} : { also: also.split(' ') }),
        },
      ]),
    );
