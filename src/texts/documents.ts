import type { InEveryLanguage } from './language.ts';

/** Sentences of the documents that the editor shows: map report, notes checked, interleavings, the path as text. */
export interface DocumentTexts {
  readonly mapTitle: string;
  readonly mapBusy: string;
  readonly tree: (role: string, version: string, path: string) => string;
  readonly roles: Readonly<Record<'acrn' | 'guestLinux' | 'serviceLinux', string>>;
  readonly sample: string;
  readonly noTree: string;
  readonly unknownVersion: string;
  readonly stagesLine: (found: number, of: number) => string;
  readonly hopsLine: (proven: number, of: number) => string;
  readonly routeLine: (stages: number, proven: number, hops: number) => string;
  readonly byStatus: (counts: string) => string;
  readonly statuses: Readonly<Record<'found' | 'renamed' | 'inlined' | 'absent' | 'ambiguous', string>>;
  readonly elsewhereTitle: (count: number) => string;
  readonly unprovenTitle: (count: number) => string;
  readonly problemsTitle: (count: number) => string;
  readonly userGiven: string;
  readonly provenAll: string;
  readonly evidenceAll: string;
  readonly nothing: string;
  readonly notesTitle: string;
  readonly notesBusy: string;
  readonly exploreTitle: (scenario: string) => string;
  readonly exploreBusy: string;
  readonly exploreProgress: (done: number, of: number) => string;
  readonly exploreComplete: (schedules: number, departures: number) => string;
  readonly exploreBounded: (schedules: number, departures: number) => string;
  readonly exploreCancelled: (schedules: number) => string;
  readonly exploreMeaning: string;
  readonly outcomeLine: (count: number, of: number) => string;
  readonly scheduleFirst: string;
  readonly scheduleDeparts: (departures: string) => string;
  readonly departure: (choice: number, pick: number) => string;
  readonly outcomes: Readonly<Record<string, string>>;
  readonly exploreAsk: string;
  readonly notMade: string;
  readonly rerun: string;
  readonly pathTitle: (title: string) => string;
  readonly pathCopied: (stages: number) => string;
  readonly pathAt: (place: string) => string;
  readonly pathAgain: string;
  readonly pathMore: (lines: number) => string;
}

/** Sentences of the documents, in every language. */
export const DOCUMENT_TEXTS: InEveryLanguage<DocumentTexts> = {
  en: {
    mapTitle: 'Map report',
    mapBusy: 'Finding every stage of every route',
    tree: (role, version, path) => `${role}: ${version}, ${path}`,
    roles: { acrn: 'ACRN', guestLinux: 'Linux of the guest', serviceLinux: 'Linux of the Service VM' },
    sample: 'the built-in sample',
    noTree: 'no tree',
    unknownVersion: 'version unknown',
    stagesLine: (found, of) => `${found} of ${of} stages stand in these trees.`,
    hopsLine: (proven, of) => `${proven} of ${of} hops are proven by lines of these trees.`,
    routeLine: (stages, proven, hops) => `${stages} stages, ${proven} of ${hops} hops proven`,
    byStatus: (counts) => `By status: ${counts}.`,
    statuses: {
      found: 'found',
      renamed: 'renamed',
      inlined: 'inlined',
      absent: 'absent',
      ambiguous: 'ambiguous',
    },
    elsewhereTitle: (count) => `Stages that stand elsewhere or nowhere (${count})`,
    unprovenTitle: (count) => `Hops that are not proven (${count})`,
    problemsTitle: (count) => `Files that could not be used (${count})`,
    userGiven: 'given by .virtio-trace/edges.json',
    provenAll: 'All hops of this route are proven.',
    evidenceAll: 'Hops and their evidence',
    nothing: 'None.',
    notesTitle: 'The study notes, checked',
    notesBusy: 'Checking the notes on your trees',
    exploreTitle: (scenario) => `Interleavings of "${scenario}"`,
    exploreBusy: 'Exploring interleavings',
    exploreProgress: (done, of) => `${done} of ${of} known schedules`,
    exploreComplete: (schedules, departures) =>
      `${schedules} schedules were run: all that depart at most ${departures} times from first come, first served.`,
    exploreBounded: (schedules, departures) =>
      `${schedules} schedules were run; there are more that depart at most ${departures} times.`,
    exploreCancelled: (schedules) =>
      `It was cancelled after ${schedules} schedules: others may come to something else.`,
    exploreMeaning:
      'A schedule says which runnable thread goes next. Each was run on a fresh machine; they are sorted by what came out.',
    outcomeLine: (count, of) => `${count} of ${of} schedules`,
    scheduleFirst: 'First reached: first come, first served.',
    scheduleDeparts: (departures) => `First reached: ${departures}.`,
    departure: (choice, pick) => `at choice ${choice}, runnable thread ${pick + 1} goes first`,
    outcomes: {
      'all-bytes': 'every byte left exactly once',
      'bytes-lost': 'bytes were lost',
      'bytes-repeated': 'bytes left more than once',
      'other-bytes': 'other bytes left than were written',
      hangs: 'an action of the guest never ends',
      'lost-wake-up': 'it sleeps for a wake-up that never comes',
      polling: 'the device goes on polling',
      stuck: 'all that runs spins',
      'turns-used-up': 'it did not end within its bound',
    },
    exploreAsk: 'Scenario whose interleavings are explored',
    notMade: 'This report was not made: the command was cancelled or failed. Run it again.',
    rerun: 'Run again',
    pathTitle: (title) => `${title}: the path, as Virtio Trace emulates it`,
    pathCopied: (stages) => `The path of ${stages} stages was copied as plain text.`,
    pathAt: (place) => `at ${place}`,
    pathAgain: 'and so on for what is written next',
    pathMore: (lines) => `(${lines} more)`,
  },
  'zh-cn': {
    mapTitle: '映射报告',
    mapBusy: '正在查找所有路线的每个阶段',
    tree: (role, version, path) => `${role}：${version}，${path}`,
    roles: { acrn: 'ACRN 源码', guestLinux: '客户机 Linux', serviceLinux: 'Service VM 的 Linux' },
    sample: '内置示例',
    noTree: '没有源码树',
    unknownVersion: '版本未知',
    stagesLine: (found, of) => `${of} 个阶段中有 ${found} 个位于这些源码树中。`,
    hopsLine: (proven, of) => `${of} 次跳转中有 ${proven} 次由这些源码树的行证明。`,
    routeLine: (stages, proven, hops) => `${stages} 个阶段，${hops} 次跳转中 ${proven} 次已证明`,
    byStatus: (counts) => `按状态：${counts}。`,
    statuses: { found: '已找到', renamed: '已改名', inlined: '已内联', absent: '不存在', ambiguous: '有歧义' },
    elsewhereTitle: (count) => `位于别处或不存在的阶段（${count}）`,
    unprovenTitle: (count) => `未证明的跳转（${count}）`,
    problemsTitle: (count) => `无法使用的文件（${count}）`,
    userGiven: '由 .virtio-trace/edges.json 给出',
    provenAll: '此路线的所有跳转都已证明。',
    evidenceAll: '跳转及其证据',
    nothing: '无。',
    notesTitle: '学习笔记核对',
    notesBusy: '正在您的源码树上核对笔记',
    exploreTitle: (scenario) => `“${scenario}”的交错执行`,
    exploreBusy: '正在探索交错执行',
    exploreProgress: (done, of) => `已知 ${of} 种调度中的第 ${done} 种`,
    exploreComplete: (schedules, departures) =>
      `共运行 ${schedules} 种调度：即偏离“先到先服务”至多 ${departures} 次的全部调度。`,
    exploreBounded: (schedules, departures) => `共运行 ${schedules} 种调度；偏离至多 ${departures} 次的调度还有更多。`,
    exploreCancelled: (schedules) => `在运行 ${schedules} 种调度后被取消：其余调度可能有其他结果。`,
    exploreMeaning: '调度决定下一个运行哪个可运行线程。每种调度都在全新的机器上运行，并按结果归类。',
    outcomeLine: (count, of) => `${of} 种调度中的 ${count} 种`,
    scheduleFirst: '首次到达方式：先到先服务。',
    scheduleDeparts: (departures) => `首次到达方式：${departures}。`,
    departure: (choice, pick) => `在第 ${choice} 次选择时，第 ${pick + 1} 个可运行线程先运行`,
    outcomes: {
      'all-bytes': '每个字节恰好送出一次',
      'bytes-lost': '有字节丢失',
      'bytes-repeated': '有字节送出多次',
      'other-bytes': '送出的字节与写入的不同',
      hangs: '客户机的某个操作永不结束',
      'lost-wake-up': '它在等待永远不会到来的唤醒',
      polling: '设备持续轮询',
      stuck: '所有运行者都在空转',
      'turns-used-up': '未在限度内结束',
    },
    exploreAsk: '要探索其交错执行的场景',
    notMade: '未能生成此报告：命令被取消或失败。请重新运行。',
    rerun: '重新运行',
    pathTitle: (title) => `${title}：Virtio Trace 仿真所得的路径`,
    pathCopied: (stages) => `已将 ${stages} 个阶段的路径复制为纯文本。`,
    pathAt: (place) => `位于 ${place}`,
    pathAgain: '之后写入的内容依此类推',
    pathMore: (lines) => `（另有 ${lines} 行）`,
  },
};
