import type { LogLevel } from '../trace/kinds.ts';
import { CONSOLE_LOGS } from './events/console.ts';
import { CONSOLE_HAZARDS } from './events/console-hazards.ts';
import { DEVICE_MODEL_LOGS } from './events/device-model.ts';
import { DEVICE_MODEL_HAZARDS } from './events/device-model-hazards.ts';
import { type EventArgs, filled, type HazardKind, type HazardText, type Said } from './events/event-texts.ts';
import { FAULTS, GUEST_LOGS, OUTSIDE_RAM } from './events/guest.ts';
import { HYPERVISOR_HAZARDS, HYPERVISOR_LOGS } from './events/hypervisor.ts';
import { MACHINE_LOGS } from './events/scenario.ts';
import { SERVICE_VM_HAZARDS, SERVICE_VM_LOGS } from './events/service-vm.ts';
import { VIRTIO_LOGS } from './events/virtio.ts';
import type { InEveryLanguage, Language } from './language.ts';

/** The sentence for each log line, by its code. */
export const LOG_TEXTS: Readonly<Record<string, Said>> = {
  ...DEVICE_MODEL_LOGS,
  ...VIRTIO_LOGS,
  ...CONSOLE_LOGS,
  ...GUEST_LOGS,
  ...HYPERVISOR_LOGS,
  ...SERVICE_VM_LOGS,
  ...MACHINE_LOGS,
};

/** The texts of each hazard, by its code. */
export const HAZARD_TEXTS: Readonly<Record<string, HazardText>> = {
  ...DEVICE_MODEL_HAZARDS,
  ...CONSOLE_HAZARDS,
  ...HYPERVISOR_HAZARDS,
  ...SERVICE_VM_HAZARDS,
};

/** What an `EmulatedFault` is, by its code. */
export const FAULT_TEXTS: Readonly<Record<string, Said>> = FAULTS;

/** Kinds of hazard, in a word or two. */
export const HAZARD_KIND_NAMES: InEveryLanguage<Readonly<Record<HazardKind, string>>> = {
  en: {
    memory: 'memory error',
    death: 'crash',
    'lost-data': 'lost data',
    'lost-interrupt': 'lost interrupt',
    spurious: 'spurious event',
    stuck: 'stuck',
    leak: 'leak',
    refused: 'refused',
    'ignored-error': 'ignored error',
  },
  'zh-cn': {
    memory: '内存错误',
    death: '崩溃',
    'lost-data': '数据丢失',
    'lost-interrupt': '中断丢失',
    spurious: '虚假事件',
    stuck: '停滞',
    leak: '泄漏',
    refused: '被拒绝',
    'ignored-error': '忽略的错误',
  },
};

/** Levels of log lines. */
export const LOG_LEVEL_NAMES: InEveryLanguage<Readonly<Record<LogLevel, string>>> = {
  en: { error: 'error', warning: 'warning', notice: 'notice', info: 'info', debug: 'debug' },
  'zh-cn': { error: '错误', warning: '警告', notice: '注意', info: '信息', debug: '调试' },
};

/** A hazard as a reader sees it. */
export interface HazardWords {
  readonly kind: HazardKind;
  /** What happens in the real process. */
  readonly happens: string;
  /** What a correct driver or operator avoids. */
  readonly avoid: string;
}

/** The sentence of a log line with its arguments; undefined for a code that has none (another version's trace). */
export function logText(code: string, args: EventArgs, language: Language): string | undefined {
  const text = ownOf(LOG_TEXTS, code)?.[language];
  return text === undefined ? undefined : filled(text, told(args, language));
}

/** The texts of a hazard with its arguments; undefined for a code that has none. */
export function hazardText(code: string, args: EventArgs, language: Language): HazardWords | undefined {
  const text = ownOf(HAZARD_TEXTS, code);
  if (text === undefined) {
    return undefined;
  }
  const { kind, happens, avoid } = text;
  const known = told(args, language);
  return { kind, happens: filled(happens[language], known), avoid: filled(avoid[language], known) };
}

/** The texts of a hazard where no run gives its arguments: they are told by their names. */
export function hazardInGeneral(code: string, language: Language): HazardWords | undefined {
  const text = ownOf(HAZARD_TEXTS, code);
  const named = (sentence: string): string => sentence.replace(/\{(\w+)(?::x)?\}/g, '‹$1›');
  return text && { kind: text.kind, happens: named(text.happens[language]), avoid: named(text.avoid[language]) };
}

/** A trace may come from a file: a code that is a name of every object has no text. */
const ownOf = <T>(texts: Readonly<Record<string, T>>, code: string): T | undefined =>
  Object.hasOwn(texts, code) ? texts[code] : undefined;

/** An argument that is the code of a fault is told in words. */
function told(args: EventArgs, language: Language): EventArgs {
  const words = Object.entries(args).map(([name, value]) => [name, faultText(value, language) ?? value] as const);
  return Object.fromEntries(words);
}

/** How `OutsideRam` tells its address. */
const OUTSIDE = /^no RAM at (0x[0-9a-f]+)$/;

function faultText(value: string | number, language: Language): string | undefined {
  const address = typeof value === 'string' ? OUTSIDE.exec(value)?.[1] : undefined;
  return address === undefined
    ? ownOf(FAULT_TEXTS, String(value))?.[language]
    : filled(OUTSIDE_RAM[language], { address });
}
