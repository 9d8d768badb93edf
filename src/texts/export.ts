import type { InEveryLanguage } from './language.ts';

/** Sentences of the exported text. */
export interface ExportTexts {
  readonly waits: (expression: string) => string;
  readonly goesOn: (stage: string, waker: string) => string;
  readonly spun: (expression: string, turns: number) => string;
  readonly hazard: (code: string) => string;
  /** Head of a hazard: its kind in words, its code, and where it is, '' where that is not known. */
  readonly hazardAt: (kind: string, code: string, where: string) => string;
  readonly avoid: (sentence: string) => string;
  readonly logged: (code: string) => string;
  readonly loggedAs: (level: string, sentence: string) => string;
  readonly leaves: (endpoint: string, bytes: string) => string;
  readonly notFound: (status: string, reason: string) => string;
  readonly status: (status: string, name: string) => string;
  readonly unproven: (reason: string) => string;
  readonly role: (role: 'call' | 'binding' | 'number' | 'handler') => string;
}

const ROLES = {
  en: { call: 'at', binding: 'bound at', number: 'number at', handler: 'handled at' },
  'zh-cn': { call: '位于', binding: '绑定于', number: '编号定义于', handler: '处理于' },
} as const;

/** Sentences of the exported text, in every language. */
export const EXPORT_TEXTS: InEveryLanguage<ExportTexts> = {
  en: {
    waits: (expression) => `waits: ${expression}`,
    goesOn: (stage, waker) => (waker === '' ? `goes on in ${stage}` : `goes on in ${stage}, woken by ${waker}`),
    spun: (expression, turns) => `spun ${turns} times on ${expression}`,
    hazard: (code) => `hazard: ${code}`,
    hazardAt: (kind, code, where) => `hazard (${kind}, ${code})${where === '' ? '' : ` in ${where}`}`,
    avoid: (sentence) => `To avoid it: ${sentence}`,
    logged: (code) => `logs: ${code}`,
    loggedAs: (level, sentence) => `logs (${level}): ${sentence}`,
    leaves: (endpoint, bytes) => `bytes leave through ${endpoint}: "${bytes}"`,
    notFound: (status, reason) => `${status} in this tree${reason === '' ? '' : ` (${reason})`}`,
    status: (status, name) => `${status}: ${name}`,
    unproven: (reason) => `not proven${reason === '' ? '' : `: ${reason}`}`,
    role: (role) => ROLES.en[role],
  },
  'zh-cn': {
    waits: (expression) => `等待：${expression}`,
    goesOn: (stage, waker) => (waker === '' ? `在 ${stage} 中继续` : `被 ${waker} 唤醒，在 ${stage} 中继续`),
    spun: (expression, turns) => `在 ${expression} 上自旋 ${turns} 次`,
    hazard: (code) => `隐患：${code}`,
    hazardAt: (kind, code, where) => `隐患（${kind}，${code}）${where === '' ? '' : `位于 ${where}`}`,
    avoid: (sentence) => `避免方法：${sentence}`,
    logged: (code) => `写日志：${code}`,
    loggedAs: (level, sentence) => `写日志（${level}）：${sentence}`,
    leaves: (endpoint, bytes) => `字节经 ${endpoint} 离开：“${bytes}”`,
    notFound: (status, reason) => `此源码树中的状态：${status}${reason === '' ? '' : `（${reason}）`}`,
    status: (status, name) => `${status}：${name}`,
    unproven: (reason) => `未证明${reason === '' ? '' : `：${reason}`}`,
    role: (role) => ROLES['zh-cn'][role],
  },
};
