import type { InEveryLanguage } from './language.ts';

/** Sentences of commands around a trace. */
export interface TracingTexts {
  readonly noStageHere: string;
  readonly askRoute: string;
  readonly stageOf: (number: number, of: number) => string;
  readonly indexing: string;
  readonly indexingOne: (tree: string, done: number, all: number) => string;
  readonly indexed: (files: number, functions: number, seconds: string) => string;
  readonly nothingToIndex: string;
}

/** Sentences of commands around a trace, in every language. */
export const TRACING_TEXTS: InEveryLanguage<TracingTexts> = {
  en: {
    noStageHere: 'The cursor stands in no function that a route passes. The Routes view lists them all.',
    askRoute: 'Route to trace from here',
    stageOf: (number, of) => `stage ${number} of ${of}`,
    indexing: 'Indexing the whole trees',
    indexingOne: (tree, done, all) => `${tree}: ${done} of ${all} files`,
    indexed: (files, functions, seconds) =>
      `${files} files with ${functions} functions are indexed (${seconds} s). Answers come from the whole trees now.`,
    nothingToIndex: 'No source tree is open or set: there is nothing to index but the built-in sample.',
  },
  'zh-cn': {
    noStageHere: '光标不在任何路线经过的函数中。“路线”视图列出了全部函数。',
    askRoute: '从此处跟踪哪条路线',
    stageOf: (number, of) => `第 ${number} 阶段，共 ${of} 个`,
    indexing: '正在索引整个源码树',
    indexingOne: (tree, done, all) => `${tree}：${all} 个文件中的 ${done} 个`,
    indexed: (files, functions, seconds) =>
      `已索引 ${files} 个文件、${functions} 个函数（${seconds} 秒）。现在的回答基于整个源码树。`,
    nothingToIndex: '没有打开或设置任何源码树：除内置示例外没有可索引的内容。',
  },
};
