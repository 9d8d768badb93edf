import type { InEveryLanguage } from './language.ts';

/** Why a link to a moment is refused: the same words as `LINK_FAULTS` of the replay. */
type LinkFault =
  | 'too-long'
  | 'unknown-part'
  | 'no-scenario'
  | 'unknown-scenario'
  | 'unreadable-scenario'
  | 'wrong-scenario'
  | 'wrong-seed'
  | 'wrong-event'
  | 'wrong-hash'
  | 'wrong-stage';

/** Sentences about links to a moment, the terminal of a backend, and finding a stage. */
export interface MomentTexts {
  readonly linkCopied: string;
  readonly linkTooLong: string;
  readonly linkRefused: (reason: string) => string;
  readonly linkFaults: Readonly<Record<LinkFault, string>>;
  readonly linkDiffers: (stage: string) => string;
  readonly askLink: string;
  readonly askLinkPrompt: string;
  readonly noLink: string;
  readonly findTitle: string;
  readonly findPlaceholder: string;
  readonly occurrences: (count: number) => string;
  readonly terminalName: string;
  readonly terminal: { readonly label: string; readonly detail: string };
  readonly terminalRestricted: string;
  readonly terminalHint: string;
  readonly terminalSent: string;
  readonly terminalBusy: string;
}

/** Sentences about moments of a run, in every language. */
export const MOMENT_TEXTS: InEveryLanguage<MomentTexts> = {
  en: {
    linkCopied: 'The link to this moment is on the clipboard.',
    linkTooLong: 'This scenario is too long for a link (8 kB). Save it as a scenario file and send that.',
    linkRefused: (reason) => `This link cannot be opened: ${reason} Ask its sender for a new one.`,
    linkFaults: {
      'too-long': 'it is longer than a link may be.',
      'unknown-part': 'it holds a part that no link has, or one twice.',
      'no-scenario': 'it does not say which scenario to run.',
      'unknown-scenario': 'this version knows no scenario of that name.',
      'unreadable-scenario': 'its scenario is damaged.',
      'wrong-scenario': 'its scenario is none that can be run.',
      'wrong-seed': 'its seed is no number.',
      'wrong-event': 'its event is no number.',
      'wrong-hash': 'its fingerprint is none.',
      'wrong-stage': 'the name of its stage is none.',
    },
    linkDiffers: (stage) =>
      stage === ''
        ? 'This run is not the linked one (another version of the extension made it): the event of that number is shown.'
        : `This run is not the linked one (another version of the extension made it): the nearest entry of ${stage} is shown.`,
    askLink: 'Open a link to a moment',
    askLinkPrompt: 'Paste the link. It only shows: nothing on this machine is written or read.',
    noLink: 'This is no link to a moment of Virtio Trace.',
    findTitle: 'Find in the replay',
    findPlaceholder: 'A stage, a kind of hop, a hazard, or a field that changes',
    occurrences: (count) => `${count}×`,
    terminalName: 'Virtio Trace: guest console',
    terminal: {
      label: 'Terminal in VS Code (stdio, emulated)',
      detail: 'What the guest writes appears there in step with the replay; what you type, the guest receives.',
    },
    terminalRestricted:
      'In Restricted Mode VS Code asks before it shows any terminal; this one runs nothing of the folder.',
    terminalHint:
      'The guest writes here in step with the replay. Type a line and press Enter: it is run again, and the guest receives your line.',
    terminalSent: 'The guest receives it in the replay: step or play on.',
    terminalBusy: 'A trace is running: try again when it has ended.',
  },
  'zh-cn': {
    linkCopied: '此刻的链接已复制到剪贴板。',
    linkTooLong: '此场景过长，无法放入链接（8 kB）。请保存为场景文件后发送该文件。',
    linkRefused: (reason) => `无法打开此链接：${reason}请向发送者索取新的链接。`,
    linkFaults: {
      'too-long': '它超出了链接允许的长度。',
      'unknown-part': '它包含链接中不存在或重复的部分。',
      'no-scenario': '它没有指明要运行的场景。',
      'unknown-scenario': '此版本没有该名称的场景。',
      'unreadable-scenario': '其中的场景已损坏。',
      'wrong-scenario': '其中的场景无法运行。',
      'wrong-seed': '其中的种子不是数字。',
      'wrong-event': '其中的事件不是数字。',
      'wrong-hash': '其中的指纹无效。',
      'wrong-stage': '其中的阶段名称无效。',
    },
    linkDiffers: (stage) =>
      stage === ''
        ? '此次运行与链接所指的不同（由扩展的另一个版本生成）：显示该编号的事件。'
        : `此次运行与链接所指的不同（由扩展的另一个版本生成）：显示最近一次进入 ${stage} 之处。`,
    askLink: '打开某一时刻的链接',
    askLinkPrompt: '请粘贴链接。它只用于显示：不会读写本机的任何内容。',
    noLink: '这不是 Virtio Trace 的时刻链接。',
    findTitle: '在回放中查找',
    findPlaceholder: '阶段、跳转类型、隐患，或有变化的字段',
    occurrences: (count) => `${count} 次`,
    terminalName: 'Virtio Trace：客户机控制台',
    terminal: {
      label: 'VS Code 中的终端（stdio，仿真）',
      detail: '客户机写出的内容随回放显示；您键入的内容由客户机接收。',
    },
    terminalRestricted: '在受限模式下，VS Code 显示任何终端之前都会询问；此终端不运行该文件夹中的任何内容。',
    terminalHint: '客户机的输出随回放显示在这里。键入一行并按 Enter：将重新运行，由客户机接收该行。',
    terminalSent: '客户机将在回放中收到它：请单步或继续播放。',
    terminalBusy: '正在进行一次跟踪：请待其结束后再试。',
  },
};
