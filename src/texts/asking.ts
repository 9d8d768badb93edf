import type { InEveryLanguage } from './language.ts';

/** Sentences of the questions before a trace. */
export interface AskingTexts {
  readonly askScenario: string;
  readonly askScenarioPlaceholder: string;
  readonly yourScenarios: string;
  readonly wrongScenario: (reason: string) => string;
  readonly askText: (path: string) => string;
  readonly askInput: string;
  readonly askTextPrompt: string;
  readonly askBackend: string;
  readonly asScenario: (backend: string) => string;
  readonly asScenarioDetail: string;
  readonly backends: Readonly<Record<'stdio' | 'tty' | 'pty' | 'file' | 'socket', BackendText>>;
  readonly realFile: BackendText;
  readonly restrictedBackend: string;
  readonly routeGroup: (route: string) => string;
  readonly droppedEvents: (dropped: number, kept: number) => string;
}

/** A backend as a choice. */
export interface BackendText {
  readonly label: string;
  readonly detail: string;
}

/** Sentences of the questions before a trace, in every language. */
export const ASKING_TEXTS: InEveryLanguage<AskingTexts> = {
  en: {
    askScenario: 'What to trace',
    askScenarioPlaceholder: 'A scenario. Type to search names, routes and descriptions; Enter takes the stock write.',
    yourScenarios: 'Scenario files of this workspace',
    wrongScenario: (reason) => `Cannot be run: ${reason}`,
    askText: (path) => `Text that the guest writes to ${path}`,
    askInput: 'Text that comes in from outside',
    askTextPrompt: '\\n, \\r, \\t, \\0, \\\\ and \\xNN stand for single bytes. Enter to go on.',
    askBackend: 'Where acrn-dm lets the bytes go',
    asScenario: (backend) => `As the scenario says (${backend})`,
    asScenarioDetail: 'Emulated: nothing on this machine is written.',
    backends: {
      stdio: { label: 'Standard output (stdio)', detail: 'Shown in the output channel "Virtio Trace output".' },
      tty: {
        label: 'Serial line (tty), emulated',
        detail: 'A terminal of the Service VM that exists only for this run.',
      },
      pty: { label: 'Pseudo terminal (pty), emulated', detail: 'acrn-dm opens it and prints its name.' },
      file: { label: 'File, emulated', detail: 'Nothing on this machine is written.' },
      socket: { label: 'Unix socket, emulated', detail: 'A client connects before the guest writes.' },
    },
    realFile: { label: 'A real file…', detail: 'You choose it; the bytes are appended to it.' },
    restrictedBackend: 'This window is in Restricted Mode: real files are not offered.',
    routeGroup: (route) => `route ${route}`,
    droppedEvents: (dropped, kept) =>
      `The run was longer than the recording: the first ${dropped} events are dropped, the last ${kept} are shown.`,
  },
  'zh-cn': {
    askScenario: '要跟踪什么',
    askScenarioPlaceholder: '选择一个场景。输入可搜索名称、路线和说明；直接按 Enter 即为 stock 写操作。',
    yourScenarios: '此工作区的场景文件',
    wrongScenario: (reason) => `无法运行：${reason}`,
    askText: (path) => `客户机写入 ${path} 的文本`,
    askInput: '从外部进入的文本',
    askTextPrompt: '\\n、\\r、\\t、\\0、\\\\ 和 \\xNN 各表示一个字节。按 Enter 继续。',
    askBackend: 'acrn-dm 把这些字节送往何处',
    asScenario: (backend) => `按场景所定（${backend}）`,
    asScenarioDetail: '仿真：不会写入本机的任何内容。',
    backends: {
      stdio: { label: '标准输出（stdio）', detail: '显示在输出通道“Virtio Trace output”中。' },
      tty: { label: '串行线路（tty），仿真', detail: '仅为本次运行存在的 Service VM 终端。' },
      pty: { label: '伪终端（pty），仿真', detail: '由 acrn-dm 打开并打印其名称。' },
      file: { label: '文件（仿真）', detail: '不会写入本机的任何内容。' },
      socket: { label: 'Unix 套接字（仿真）', detail: '客户机写入之前先有一个客户端连接。' },
    },
    realFile: { label: '真实文件…', detail: '由您选择；字节会追加到该文件末尾。' },
    restrictedBackend: '此窗口处于受限模式：不提供真实文件。',
    routeGroup: (route) => `路线 ${route}`,
    droppedEvents: (dropped, kept) => `运行超出了记录的长度：最前面的 ${dropped} 个事件已丢弃，显示最后 ${kept} 个。`,
  },
};
