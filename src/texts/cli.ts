import type { InEveryLanguage } from './language.ts';

/** Sentences of the command line. */
export interface CliTexts {
  readonly help: string;
  readonly noCommand: (name: string) => string;
  readonly sampleUsed: (which: string) => string;
  readonly emulated: (stages: number, events: number, milliseconds: string) => string;
  readonly mapped: (found: number, all: number, proven: number, hops: number, milliseconds: string) => string;
  readonly written: (what: string, path: string) => string;
  readonly heading: (text: string, path: string, route: string, backend: string) => string;
  readonly tree: (kind: string, path: string, version: string) => string;
  readonly setUp: (stages: number) => string;
  readonly wroteWhere: string;
  readonly nothingWritten: string;
  readonly summary: (summary: MapCounts) => string;
  readonly notQuiet: (end: string) => string;
  readonly hangs: string;
  readonly forced: (meaning: string, decider: string, where: string) => string;
}

/** Counts of a map: what was looked for and what was found. */
export interface MapCounts {
  readonly stages: number;
  readonly found: number;
  readonly renamed: number;
  readonly inlined: number;
  readonly absent: number;
  readonly ambiguous: number;
  readonly hops: number;
  readonly proven: number;
}

/** Sentences of the command line, in every language. */
export const CLI_TEXTS: InEveryLanguage<CliTexts> = {
  en: {
    help: 'virtio-trace follows a virtio-console write through the guest, the ACRN hypervisor, the Service VM and acrn-dm.',
    noCommand: (name) => `There is no command "${name}".`,
    sampleUsed: (which) => `No ${which} tree named: the embedded sample is used. Name yours with --${which} DIR.`,
    emulated: (stages, events, ms) => `Emulated: ${stages} stages entered, ${events} events, ${ms} ms.`,
    mapped: (found, all, proven, hops, ms) =>
      `Mapped: ${found} of ${all} stages found, ${proven} of ${hops} hops proven, ${ms} ms.`,
    written: (what, path) => `${what} written to ${path}`,
    heading: (text, path, route, backend) => `A guest writes "${text}" to ${path} (route ${route}, backend ${backend})`,
    tree: (kind, path, version) => `${kind}: ${path} (version ${version})`,
    setUp: (stages) => `Set-up before it: ${stages} stages entered (show them with --phase set-up or --phase all).`,
    wroteWhere: 'What was written where:',
    nothingWritten: 'Nothing left the machine.',
    summary: (c) =>
      `${c.stages} stages: ${c.found} found, ${c.renamed} renamed, ${c.inlined} inlined, ${c.absent} absent, ${c.ambiguous} ambiguous. ` +
      `${c.hops} hops: ${c.proven} proven, ${c.hops - c.proven} not proven.`,
    notQuiet: (end) => `The machine did not come to rest: ${end}.`,
    hangs: 'A guest process never comes back: nothing goes on, and its last action has not ended.',
    forced: (meaning, decider, where) =>
      `What if: ${meaning} Stock software does not; ${decider} (${where}) decides it.`,
  },
  'zh-cn': {
    help: 'virtio-trace 跟踪一次 virtio-console 写操作，依次经过客户机、ACRN 虚拟机监控器、Service VM 与 acrn-dm。',
    noCommand: (name) => `没有名为“${name}”的命令。`,
    sampleUsed: (which) => `未指定 ${which} 源码树，使用内置示例。可用 --${which} DIR 指定。`,
    emulated: (stages, events, ms) => `仿真完成：进入 ${stages} 个阶段，${events} 个事件，${ms} 毫秒。`,
    mapped: (found, all, proven, hops, ms) =>
      `映射完成：${all} 个阶段中找到 ${found} 个，${hops} 次跳转中证明 ${proven} 次，${ms} 毫秒。`,
    written: (what, path) => `${what} 已写入 ${path}`,
    heading: (text, path, route, backend) => `客户机向 ${path} 写入“${text}”（路线 ${route}，后端 ${backend}）`,
    tree: (kind, path, version) => `${kind}：${path}（版本 ${version}）`,
    setUp: (stages) => `此前的初始化进入了 ${stages} 个阶段（用 --phase set-up 或 --phase all 显示）。`,
    wroteWhere: '写到何处：',
    nothingWritten: '没有字节离开虚拟机。',
    summary: (c) =>
      `${c.stages} 个阶段：找到 ${c.found}，改名 ${c.renamed}，内联 ${c.inlined}，不存在 ${c.absent}，有歧义 ${c.ambiguous}。` +
      `${c.hops} 次跳转：已证明 ${c.proven}，未证明 ${c.hops - c.proven}。`,
    notQuiet: (end) => `机器未能静止：${end}。`,
    hangs: '有一个客户机进程再也没有返回：机器已静止，而它的最后一个操作尚未结束。',
    forced: (meaning, decider, where) => `假设：${meaning}实际软件并非如此，由 ${decider}（${where}）决定。`,
  },
};
