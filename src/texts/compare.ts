import type { InEveryLanguage } from './language.ts';

const ENGLISH = {
  stages: 'stages entered',
  syscalls: 'system calls',
  'vm-exits': 'VM exits',
  hypercalls: 'hypercalls',
  ioctls: 'ioctls',
  interrupts: 'interrupts',
  'wake-ups': 'wake-ups',
  'work-items': 'work items',
  eventfds: 'eventfd signals',
  copies: 'copies of the text',
  'copied-bytes': 'bytes copied',
  hazards: 'hazards',
  time: 'virtual time, ns',
  figure: 'Count',
  difference: 'Difference',
  'only-differences': 'Differences only',
  'no-difference': 'There is no difference.',
  differences: '{0} of {1} rows differ.',
  'same-output': 'The same bytes leave the machine.',
  'other-output': 'Other bytes leave the machine.',
  'left-out': '{0} stages are left out: a run is too long to be aligned whole.',
  same: 'same',
  'other-way': 'reached in another way',
  left: 'only left',
  right: 'only right',
  'next-difference': 'Next difference',
  'previous-difference': 'Previous difference',
  'open-code': 'Show the code',
  replay: 'Replay from here',
  'stages-found': '{0} of {1} stages found',
  'hops-proven': '{0} of {1} hops proven',
  alike: '{0} stages and hops are alike but for their line numbers.',
  stage: 'stage',
  hop: 'hop',
  'runs-rows': 'Stages of both runs, aligned',
  'maps-rows': 'Stages and hops that the two trees answer differently',
};

/** Sentences of the comparison of two runs or two trees. */
export const COMPARE_TEXTS: InEveryLanguage<Readonly<Record<keyof typeof ENGLISH, string>>> = {
  en: ENGLISH,
  'zh-cn': {
    stages: '进入的阶段',
    syscalls: '系统调用',
    'vm-exits': 'VM 退出',
    hypercalls: '超级调用',
    ioctls: 'ioctl 调用',
    interrupts: '中断',
    'wake-ups': '唤醒',
    'work-items': '工作项',
    eventfds: 'eventfd 触发',
    copies: '文本复制次数',
    'copied-bytes': '复制的字节数',
    hazards: '隐患',
    time: '虚拟时间（纳秒）',
    figure: '计数',
    difference: '差值',
    'only-differences': '只看差异',
    'no-difference': '没有差异。',
    differences: '{1} 行中有 {0} 行不同。',
    'same-output': '离开虚拟机的字节相同。',
    'other-output': '离开虚拟机的字节不同。',
    'left-out': '省略了 {0} 个阶段：运行过长，无法整体对齐。',
    same: '相同',
    'other-way': '到达方式不同',
    left: '仅左侧',
    right: '仅右侧',
    'next-difference': '下一处差异',
    'previous-difference': '上一处差异',
    'open-code': '显示代码',
    replay: '从此处回放',
    'stages-found': '{1} 个阶段中找到 {0} 个',
    'hops-proven': '{1} 次跳转中证明 {0} 次',
    alike: '除行号外，{0} 个阶段与跳转相同。',
    stage: '阶段',
    hop: '跳转',
    'runs-rows': '对齐后的两次运行的各阶段',
    'maps-rows': '两棵源码树回答不同的阶段与跳转',
  },
};

/** Sentences of the questions before a comparison. */
export interface ComparingTexts {
  readonly first: string;
  readonly second: string;
  readonly onScreen: (title: string) => string;
  readonly comparing: string;
  readonly running: (title: string) => string;
  readonly chooseTrees: string;
  readonly chooseButton: string;
  readonly panelTitle: (left: string, right: string) => string;
}

/** Sentences of the questions before a comparison, in every language. */
export const COMPARING_TEXTS: InEveryLanguage<ComparingTexts> = {
  en: {
    first: 'Compare: the first run',
    second: 'Compare with: the second run',
    onScreen: (title) => `Compare "${title}" with`,
    comparing: 'Comparing',
    running: (title) => `running: ${title}`,
    chooseTrees: 'Other trees for the same run: an ACRN folder, a Linux folder, or both',
    chooseButton: 'Compare',
    panelTitle: (left, right) => `${left} ↔ ${right}`,
  },
  'zh-cn': {
    first: '比较：第一次运行',
    second: '与之比较的第二次运行',
    onScreen: (title) => `把“${title}”与另一次运行比较`,
    comparing: '正在比较',
    running: (title) => `正在运行：${title}`,
    chooseTrees: '同一次运行所用的另一份源码：ACRN 目录、Linux 目录，或两者都选',
    chooseButton: '比较',
    panelTitle: (left, right) => `${left} ⟷ ${right}`,
  },
};
