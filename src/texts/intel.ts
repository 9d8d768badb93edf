import type { HopKind } from '../trace/kinds.ts';
import type { InEveryLanguage } from './language.ts';

/** Sentences about C files in the editor: lenses, hovers, callers and callees, diagnostics. */
export interface IntelTexts {
  readonly stageOf: (number: number, route: string) => string;
  readonly andRoutes: (count: number) => string;
  readonly calledBy: (from: string) => string;
  readonly goesOnAfter: (from: string) => string;
  readonly throughFrom: (expr: string, from: string) => string;
  readonly byFrom: (how: string, from: string) => string;
  readonly begins: string;
  readonly renamed: (name: string) => string;
  readonly nextCall: (to: string) => string;
  readonly nextThrough: (expr: string, to: string) => string;
  readonly nextBy: (how: string, to: string) => string;
  readonly nextOfCaller: (by: string, to: string) => string;
  readonly replayFromHere: string;
  readonly hazards: (count: number) => string;
  readonly bound: string;
  readonly boundCalled: (count: number) => string;
  readonly boundUncalled: string;
  readonly boundaryTo: (kind: string, functions: string) => string;
  readonly boundaryOf: (kind: string, via: string) => string;
  readonly boundaryLost: (kind: string) => string;
  readonly andMore: (count: number) => string;
  readonly runsIn: string;
  readonly boundary: string;
  readonly chainUp: string;
  readonly chainDown: string;
  readonly afterOutput: string;
  readonly comesNext: string;
  readonly onRoutes: string;
  readonly hazard: string;
  readonly shownBy: string;
  readonly runScenario: (name: string) => string;
  readonly showCallers: string;
  readonly targets: (count: number, expr: string) => string;
  readonly noTargets: (expr: string) => string;
  readonly boundAt: string;
  readonly defined: string;
  readonly used: string;
  readonly value: string;
  readonly differs: string;
  readonly unsized: string;
  readonly section: (section: string) => string;
  readonly found: (count: number, unresolved: number) => string;
  readonly restsOn: (files: number, folders: string) => string;
  readonly unresolvedHeading: (count: number) => string;
  readonly notIndexed: (count: number, names: string) => string;
  readonly callersOf: (name: string) => string;
  readonly calleesOf: (name: string) => string;
  readonly userGiven: string;
  readonly alternatives: (places: string) => string;
  readonly nothingHere: string;
  readonly nothingFound: (name: string) => string;
  readonly noFile: string;
  readonly asking: string;
  readonly indexing: (done: number, of: number) => string;
  readonly chooseRoute: string;
  readonly chooseHazard: string;
  readonly stageAbsent: (name: string, reason: string) => string;
  readonly unproven: (kind: string, from: string, to: string, route: string, reason: string) => string;
  readonly alsoOn: (count: number) => string;
  readonly showEvidence: string;
  readonly roles: Readonly<Record<'call' | 'binding' | 'number' | 'handler' | 'user', string>>;
  readonly reasons: Readonly<
    Record<'possible' | 'receiver-unknown' | 'nothing-bound' | 'no-handler' | 'number-differs', string>
  >;
  readonly otherKinds: Readonly<Record<'timer' | 'tasklet' | 'irq_work' | 'macro', string>>;
}

/** Kinds of hop that speak for themselves in a chain: a plain arrow is enough. */
export const PLAIN_HOPS: ReadonlySet<HopKind> = new Set(['direct_call', 'return_then_call', 'return']);

/** Sentences about C files in the editor, in every language. */
export const INTEL_TEXTS: InEveryLanguage<IntelTexts> = {
  en: {
    stageOf: (number, route) => `stage ${number} of ${route}`,
    andRoutes: (count) => ` (+${count} ${count === 1 ? 'route' : 'routes'})`,
    calledBy: (from) => `called by ${from}`,
    goesOnAfter: (from) => `goes on after ${from}`,
    throughFrom: (expr, from) => `through ${expr} from ${from}`,
    byFrom: (how, from) => `${how} from ${from}`,
    begins: 'the route begins here',
    renamed: (name) => `stands for ${name}`,
    nextCall: (to) => `next: ${to}`,
    nextThrough: (expr, to) => `next: through ${expr} to ${to}`,
    nextBy: (how, to) => `next: ${how}, ${to}`,
    nextOfCaller: (by, to) => `next: back in ${by}, then ${to}`,
    replayFromHere: 'replay from here',
    hazards: (count) => (count === 1 ? '1 hazard' : `${count} hazards`),
    bound: 'bound here',
    boundCalled: (count) => `bound here: called at ${count} ${count === 1 ? 'place' : 'places'}`,
    boundUncalled: 'bound here: no call found in the indexed files',
    boundaryTo: (kind, functions) => `${kind}: handled in ${functions}`,
    boundaryOf: (kind, via) => (via === '' ? kind : `${kind} ${via}`),
    boundaryLost: (kind) => `${kind}: no handler found in the indexed files`,
    andMore: (count) => ` and ${count} more`,
    runsIn: 'Runs in',
    boundary: 'Boundary crossed',
    chainUp: "Back to the guest's write",
    chainDown: 'On to the bytes',
    afterOutput: 'The bytes have left before this stage.',
    comesNext: 'Next',
    onRoutes: 'On routes',
    hazard: 'Hazard',
    shownBy: 'shown by',
    runScenario: (name) => `Run the scenario "${name}"`,
    showCallers: 'Show callers',
    targets: (count, expr) => `${expr}: ${count} ${count === 1 ? 'target' : 'targets'}`,
    noTargets: (expr) => `${expr}: no target found in the indexed files`,
    boundAt: 'bound at',
    defined: 'Defined at',
    used: 'Used in',
    value: 'Number',
    differs: 'The sides define different numbers.',
    unsized: 'without the bits of its size',
    section: (section) => `virtio 1.2, section ${section}`,
    found: (count, unresolved) => `${count} found, ${unresolved} ${unresolved === 1 ? 'site' : 'sites'} not resolved`,
    restsOn: (files, folders) => `Rests on ${files} indexed files (${folders}).`,
    unresolvedHeading: (count) => `Not resolved: ${count} calls that may belong here, but nothing proves it`,
    notIndexed: (count, names) => `Not indexed: ${count} functions that no indexed file defines (${names})`,
    callersOf: (name) => `Callers of ${name}`,
    calleesOf: (name) => `Callees of ${name}`,
    userGiven: 'given by the edge file',
    alternatives: (places) => `or, by configuration: ${places}`,
    nothingHere: 'Put the cursor on a function or on a call first.',
    nothingFound: (name) => `Nothing is known about ${name}: it is no function of the indexed files.`,
    noFile: 'This works in a C file of an ACRN or Linux source tree.',
    asking: 'Looking through the indexed files',
    indexing: (done, of) => `Virtio Trace: indexing, ${done} of ${of} files`,
    chooseRoute: 'Replay which route?',
    chooseHazard: 'Run the scenario that shows which hazard?',
    stageAbsent: (name, reason) => `${name} does not stand in this source tree. ${reason}`,
    unproven: (kind, from, to, route, reason) =>
      `${kind} from ${from} to ${to} (route ${route}) is not proven in these trees. ${reason}`,
    alsoOn: (count) => ` The same on ${count} more ${count === 1 ? 'route' : 'routes'}.`,
    showEvidence: 'Show the evidence',
    roles: { call: 'call', binding: 'binding', number: 'number', handler: 'handler', user: 'edge file' },
    reasons: {
      possible: 'only the name of the member agrees',
      'receiver-unknown': 'the type in front of the member is not known',
      'nothing-bound': 'nothing indexed is bound to the pointer',
      'no-handler': 'no handler of the number was found',
      'number-differs': 'the sides define different numbers',
    },
    otherKinds: { timer: 'timer', tasklet: 'tasklet', irq_work: 'irq_work', macro: 'macro' },
  },
  'zh-cn': {
    stageOf: (number, route) => `${route} 的阶段 ${number}`,
    andRoutes: (count) => `（另有 ${count} 条路线）`,
    calledBy: (from) => `由 ${from} 调用`,
    goesOnAfter: (from) => `在 ${from} 之后继续`,
    throughFrom: (expr, from) => `从 ${from} 经 ${expr} 到达`,
    byFrom: (how, from) => `从 ${from} 经${how}到达`,
    begins: '路线从这里开始',
    renamed: (name) => `对应 ${name}`,
    nextCall: (to) => `下一步：${to}`,
    nextThrough: (expr, to) => `下一步：经 ${expr} 到 ${to}`,
    nextBy: (how, to) => `下一步：${how}，${to}`,
    nextOfCaller: (by, to) => `下一步：返回 ${by}，然后 ${to}`,
    replayFromHere: '从此处回放',
    hazards: (count) => `${count} 个隐患`,
    bound: '在此绑定',
    boundCalled: (count) => `在此绑定：有 ${count} 处调用`,
    boundUncalled: '在此绑定：已索引的文件中没有找到调用',
    boundaryTo: (kind, functions) => `${kind}：由 ${functions} 处理`,
    boundaryOf: (kind, via) => (via === '' ? kind : `${kind} ${via}`),
    boundaryLost: (kind) => `${kind}：已索引的文件中没有找到处理函数`,
    andMore: (count) => ` 等（另有 ${count} 个）`,
    runsIn: '执行上下文',
    boundary: '跨越的边界',
    chainUp: '回溯到客户机的写操作',
    chainDown: '直到字节送出',
    afterOutput: '字节在此阶段之前已经送出。',
    comesNext: '下一步',
    onRoutes: '所在路线',
    hazard: '隐患',
    shownBy: '演示场景：',
    runScenario: (name) => `运行场景“${name}”`,
    showCallers: '显示调用者',
    targets: (count, expr) => `${expr}：${count} 个目标`,
    noTargets: (expr) => `${expr}：已索引的文件中没有找到目标`,
    boundAt: '绑定于',
    defined: '定义于',
    used: '使用于',
    value: '数值',
    differs: '双方定义的数值不同。',
    unsized: '不含表示大小的位',
    section: (section) => `virtio 1.2 第 ${section} 节`,
    found: (count, unresolved) => `找到 ${count} 处，${unresolved} 处未能确定`,
    restsOn: (files, folders) => `依据 ${files} 个已索引的文件（${folders}）。`,
    unresolvedHeading: (count) => `未能确定：${count} 处可能与此有关的调用，但没有证据`,
    notIndexed: (count, names) => `未索引：已索引的文件中没有定义的 ${count} 个函数（${names}）`,
    callersOf: (name) => `${name} 的调用者`,
    calleesOf: (name) => `${name} 调用的函数`,
    userGiven: '由边文件给出',
    alternatives: (places) => `或者（取决于配置）：${places}`,
    nothingHere: '请先把光标放在函数名或调用上。',
    nothingFound: (name) => `没有关于 ${name} 的信息：已索引的文件中没有这个函数。`,
    noFile: '此命令用于 ACRN 或 Linux 源码树中的 C 文件。',
    asking: '正在查阅已索引的文件',
    indexing: (done, of) => `Virtio Trace：正在索引，${done}/${of} 个文件`,
    chooseRoute: '回放哪条路线？',
    chooseHazard: '运行演示哪个隐患的场景？',
    stageAbsent: (name, reason) => `${name} 不在此源码树中。${reason}`,
    unproven: (kind, from, to, route, reason) =>
      `从 ${from} 到 ${to} 的${kind}（路线 ${route}）在这些源码树中没有得到证明。${reason}`,
    alsoOn: (count) => `另有 ${count} 条路线同样如此。`,
    showEvidence: '显示证据',
    roles: { call: '调用', binding: '绑定', number: '编号', handler: '处理函数', user: '边文件' },
    reasons: {
      possible: '只有成员名称一致',
      'receiver-unknown': '不知道成员之前的类型',
      'nothing-bound': '已索引的文件中没有对该指针的绑定',
      'no-handler': '没有找到该编号的处理函数',
      'number-differs': '双方定义的数值不同',
    },
    otherKinds: { timer: '定时器', tasklet: 'tasklet', irq_work: 'irq_work', macro: '宏' },
  },
};
