import type { InEveryLanguage } from './language.ts';

/** Sentences of the extension. */
export interface ExtensionTexts {
  readonly emptyText: string;
  readonly badEscape: (at: string) => string;
  readonly saveTitle: string;
  readonly saveButton: string;
  readonly tracing: string;
  readonly findingTrees: string;
  readonly emulating: string;
  readonly mapping: string;
  readonly showing: string;
  readonly sampleUsed: (which: string) => string;
  readonly both: string;
  readonly chooseFolders: string;
  readonly chooseTitle: string;
  readonly chooseButton: string;
  readonly neitherTree: (path: string) => string;
  readonly openSettings: string;
  readonly showLog: string;
  readonly heading: (text: string) => string;
  readonly panelTitle: string;
  readonly restoring: string;
  readonly restoreFailed: string;
  readonly notQuiet: (end: string) => string;
  readonly wrote: (bytes: number, path: string) => string;
  readonly treeProblems: (count: number) => string;
  readonly noReplay: string;
  readonly functionGone: (name: string) => string;
  readonly runScenario: string;
  readonly runScenarioWith: string;
  readonly unexpected: (reason: string) => string;
}

/** Sentences of the extension, in every language. */
export const EXTENSION_TEXTS: InEveryLanguage<ExtensionTexts> = {
  en: {
    emptyText: 'A write of 0 bytes reaches no driver. Type at least one character.',
    badEscape: (at) => `${at} is no escape. Use \\n, \\r, \\t, \\0, \\\\ or \\xNN.`,
    saveTitle: "File to which the guest's output is appended",
    saveButton: 'Append to this file',
    tracing: 'Tracing a virtio-console write',
    findingTrees: 'looking for the source trees',
    emulating: 'emulating',
    mapping: 'finding every stage in the source',
    showing: 'opening the replay',
    sampleUsed: (which) => `No ${which} source tree is open: the built-in sample is shown instead.`,
    both: 'ACRN or Linux',
    chooseFolders: 'Choose folders…',
    chooseTitle: 'Choose the top folders of an ACRN and of a Linux source tree',
    chooseButton: 'Use these',
    neitherTree: (path) =>
      `${path} is neither an ACRN nor a Linux source tree. Choose the top folder of an acrn-hypervisor checkout or of a Linux source tree.`,
    openSettings: 'Open settings',
    showLog: 'Show log',
    heading: (text) => `A guest writes "${text}" to /dev/hvc0`,
    panelTitle: 'Virtio Trace replay',
    restoring: 'Running the trace again…',
    restoreFailed: 'This replay could not be restored. Run "Virtio Trace: Trace virtio-console write" again.',
    notQuiet: (end) => `The emulated machine did not come to rest: ${end}.`,
    wrote: (bytes, path) => `${bytes} bytes were appended to ${path}.`,
    treeProblems: (count) => `${count} files of the source trees could not be used; the log names them.`,
    functionGone: (name) => `${name} is no longer in this text.`,
    noReplay: 'There is no replay. Run "Virtio Trace: Trace virtio-console write" first.',
    runScenario: 'Run this scenario',
    runScenarioWith: 'Run with another text or backend…',
    unexpected: (reason) => `Virtio Trace stopped: ${reason}. Run the command again; the log says more.`,
  },
  'zh-cn': {
    emptyText: '写 0 字节不会到达任何驱动。请至少输入一个字符。',
    badEscape: (at) => `${at} 不是转义序列。请使用 \\n、\\r、\\t、\\0、\\\\ 或 \\xNN。`,
    saveTitle: '把客户机的输出追加到哪个文件',
    saveButton: '追加到此文件',
    tracing: '正在跟踪一次 virtio-console 写操作',
    findingTrees: '正在查找源码树',
    emulating: '正在仿真',
    mapping: '正在源码中查找每个阶段',
    showing: '正在打开回放',
    sampleUsed: (which) => `没有打开 ${which} 源码树：改为显示内置示例。`,
    both: 'ACRN 或 Linux',
    chooseFolders: '选择文件夹…',
    chooseTitle: '选择 ACRN 源码树和 Linux 源码树的顶层文件夹',
    chooseButton: '使用这些文件夹',
    neitherTree: (path) =>
      `${path} 既不是 ACRN 源码树，也不是 Linux 源码树。请选择 acrn-hypervisor 检出目录或 Linux 源码树的顶层文件夹。`,
    openSettings: '打开设置',
    showLog: '显示日志',
    heading: (text) => `客户机向 /dev/hvc0 写入“${text}”`,
    panelTitle: 'Virtio Trace 回放',
    restoring: '正在重新运行跟踪…',
    restoreFailed: '无法恢复此回放。请重新运行“Virtio Trace: Trace virtio-console write”。',
    notQuiet: (end) => `仿真的机器未能静止：${end}。`,
    wrote: (bytes, path) => `已向 ${path} 追加 ${bytes} 字节。`,
    treeProblems: (count) => `源码树中有 ${count} 个文件无法使用；日志中列出了它们。`,
    functionGone: (name) => `此文本中已没有 ${name}。`,
    noReplay: '没有回放。请先运行“Virtio Trace: Trace virtio-console write”。',
    runScenario: '运行此场景',
    runScenarioWith: '用其他文本或后端运行…',
    unexpected: (reason) => `Virtio Trace 已停止：${reason}。请重新运行该命令；详情见日志。`,
  },
};
