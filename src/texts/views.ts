import type { InEveryLanguage } from './language.ts';

/** Sentences of the three views: routes, runs, scenarios. */
export interface ViewTexts {
  readonly routeTip: (title: string, summary: string, stages: number, hops: number) => string;
  readonly legLabel: (program: string, from: number, to: number) => string;
  readonly legCount: (stages: number) => string;
  readonly stageName: (number: number, name: string, program: string, where: string) => string;
  readonly nowhere: string;
  readonly entered: (times: number) => string;
  readonly hopOut: (kind: string, to: string) => string;
  readonly proven: (lines: number) => string;
  readonly unproven: (reason: string) => string;
  readonly userGiven: string;
  readonly notMapped: string;
  readonly roles: Readonly<Record<string, string>>;
  readonly hazardShownBy: (scenarios: string) => string;
  readonly mapping: string;
  readonly sampleMessage: string;
  readonly provenOf: (proven: number, of: number) => string;
  readonly openPlace: string;
  readonly reopen: string;
  readonly runTip: (title: string, scenario: string, seed: number, hash: string, when: string) => string;
  readonly ago: (amount: number, unit: 'minute' | 'hour' | 'day') => string;
  readonly justNow: string;
  readonly hazards: (count: number) => string;
  readonly otherRun: (before: string, now: string) => string;
  readonly unreadableRun: string;
  readonly clearQuestion: string;
  readonly clearButton: string;
  readonly builtIn: string;
  readonly inWorkspace: string;
  readonly scenarioTip: (title: string, summary: string, route: string, forced: string) => string;
  readonly forced: (conditions: string) => string;
  readonly askName: string;
  readonly askNamePrompt: (folder: string) => string;
  readonly wrongName: string;
  readonly nameTaken: (name: string) => string;
  readonly askFolder: string;
  readonly duplicated: (path: string) => string;
  readonly unsavedCopy: string;
  readonly copyTitle: (title: string) => string;
}

/** Sentences of the views, in every language. */
export const VIEW_TEXTS: InEveryLanguage<ViewTexts> = {
  en: {
    routeTip: (title, summary, stages, hops) => `${title}\n\n${summary}\n\n${stages} stages, ${hops} hops.`,
    legLabel: (program, from, to) =>
      from === to ? `${program}, stage ${from}` : `${program}, stages ${from} to ${to}`,
    legCount: (stages) => (stages === 1 ? '1 stage' : `${stages} stages`),
    stageName: (number, name, program, where) => `Stage ${number}: ${name}, ${program}, ${where}`,
    nowhere: 'not in this tree',
    entered: (times) => (times === 1 ? 'Entered once in this run.' : `Entered ${times} times in this run.`),
    hopOut: (kind, to) => `${kind}: ${to}`,
    proven: (lines) => (lines === 1 ? 'proven by 1 line' : `proven by ${lines} lines`),
    unproven: (reason) => (reason === '' ? 'not proven' : `not proven: ${reason}`),
    userGiven: 'given by the edge file',
    notMapped: 'not looked up yet',
    roles: {
      call: 'call',
      binding: 'bound here',
      number: 'number',
      handler: 'handler',
      user: 'given by the edge file',
    },
    hazardShownBy: (scenarios) => `Shown by: ${scenarios}`,
    mapping: 'Finding the stages in the source trees',
    sampleMessage: 'No source tree is open: stages lead to the public web view of HEAD, which is not your tree.',
    provenOf: (proven, of) => `${proven} of ${of} hops proven`,
    openPlace: 'Open',
    reopen: 'Open this run again',
    runTip: (title, scenario, seed, hash, when) =>
      `${title}\n\nScenario ${scenario}, seed ${seed}, trace ${hash}\n\n${when}`,
    ago: (amount, unit) => `${amount} ${unit}${amount === 1 ? '' : 's'} ago`,
    justNow: 'just now',
    hazards: (count) => (count === 1 ? '1 hazard' : `${count} hazards`),
    otherRun: (before, now) =>
      `This run gave trace ${before} before and gives ${now} now: the emulator of this version takes another way.`,
    unreadableRun: 'This run was kept by another version and cannot be run again.',
    clearQuestion: 'Forget all recent runs of this workspace?',
    clearButton: 'Forget all',
    builtIn: 'Built in',
    inWorkspace: 'This workspace',
    scenarioTip: (title, summary, route, forced) => `${title}\n\n${summary}\n\nRoute ${route}.${forced}`,
    forced: (conditions) => ` Stock software would not do this by itself; forced: ${conditions}.`,
    askName: 'Name of the new scenario',
    askNamePrompt: (folder) => `Letters, digits, dot, dash and underscore. It is kept in ${folder}.`,
    wrongName: 'Use 1 to 64 letters, digits, dots, dashes or underscores, a letter or digit first.',
    nameTaken: (name) => `${name} is there already.`,
    askFolder: 'Workspace folder that keeps the scenario',
    duplicated: (path) =>
      `${path} was made. Edit it, and run it with the lens above its first line or from the Scenarios view.`,
    unsavedCopy:
      'No folder is open: the copy is an untitled document. Save it in a folder .virtio-trace to find it again.',
    copyTitle: (title) => `${title} (copy)`,
  },
  'zh-cn': {
    routeTip: (title, summary, stages, hops) => `${title}\n\n${summary}\n\n${stages} 个阶段，${hops} 次跳转。`,
    legLabel: (program, from, to) =>
      from === to ? `${program}，第 ${from} 阶段` : `${program}，第 ${from} 至 ${to} 阶段`,
    legCount: (stages) => `${stages} 个阶段`,
    stageName: (number, name, program, where) => `第 ${number} 阶段：${name}，${program}，${where}`,
    nowhere: '不在此源码树中',
    entered: (times) => `此次运行中进入 ${times} 次。`,
    hopOut: (kind, to) => `${kind}：${to}`,
    proven: (lines) => `由 ${lines} 行证明`,
    unproven: (reason) => (reason === '' ? '未证明' : `未证明：${reason}`),
    userGiven: '由边文件给出',
    notMapped: '尚未查找',
    roles: { call: '调用', binding: '在此绑定', number: '编号', handler: '处理函数', user: '由边文件给出' },
    hazardShownBy: (scenarios) => `展示它的场景：${scenarios}`,
    mapping: '正在源码树中查找各阶段',
    sampleMessage: '没有打开源码树：各阶段指向 HEAD 的公开网页，那不是您的源码树。',
    provenOf: (proven, of) => `${of} 次跳转中 ${proven} 次已证明`,
    openPlace: '打开',
    reopen: '重新打开此次运行',
    runTip: (title, scenario, seed, hash, when) =>
      `${title}\n\n场景 ${scenario}，种子 ${seed}，跟踪 ${hash}\n\n${when}`,
    ago: (amount, unit) => `${amount} ${{ minute: '分钟', hour: '小时', day: '天' }[unit]}前`,
    justNow: '刚刚',
    hazards: (count) => `${count} 个隐患`,
    otherRun: (before, now) => `此次运行以前的跟踪为 ${before}，现在为 ${now}：此版本的仿真器走了另一条路。`,
    unreadableRun: '此次运行由另一版本保存，无法再次运行。',
    clearQuestion: '要忘记此工作区最近的所有运行吗？',
    clearButton: '全部忘记',
    builtIn: '内置',
    inWorkspace: '此工作区',
    scenarioTip: (title, summary, route, forced) => `${title}\n\n${summary}\n\n路线 ${route}。${forced}`,
    forced: (conditions) => `stock 软件本身不会如此；强制条件：${conditions}。`,
    askName: '新场景的名称',
    askNamePrompt: (folder) => `可用字母、数字、点、连字符和下划线。保存在 ${folder}。`,
    wrongName: '请使用 1 至 64 个字母、数字、点、连字符或下划线，首字符为字母或数字。',
    nameTaken: (name) => `${name} 已存在。`,
    askFolder: '保存场景的工作区文件夹',
    duplicated: (path) => `已创建 ${path}。编辑后，可用首行上方的透镜或在“场景”视图中运行。`,
    unsavedCopy: '没有打开文件夹：副本是未命名的文档。请保存到 .virtio-trace 文件夹中，以便再次找到。',
    copyTitle: (title) => `${title}（副本）`,
  },
};
