import type { InEveryLanguage } from './language.ts';

/** Sentences about indexing a whole tree. */
export interface IndexingTexts {
  readonly needsFolder: (command: string) => string;
  readonly progress: (done: number, all: number) => string;
  readonly found: (counts: FoundCounts) => string;
  readonly errors: (files: number, nodes: number) => string;
  readonly cost: (seconds: string, engine: string, megabytes: string) => string;
  readonly moreProblems: (count: number) => string;
  readonly noFiles: (folder: string) => string;
}

/** Numbers of what an index holds. */
export interface FoundCounts {
  readonly files: number;
  readonly bytes: number;
  readonly functions: number;
  readonly calls: number;
  readonly indirectCalls: number;
  readonly bindings: number;
}

/** Sentences about indexing a whole tree, in every language. */
export const INDEXING_TEXTS: InEveryLanguage<IndexingTexts> = {
  en: {
    needsFolder: (command) => `${command} takes the folder to index.`,
    progress: (done, all) => `${done} of ${all} files indexed`,
    found: (c) =>
      `${c.files} files (${c.bytes} bytes): ${c.functions} functions, ${c.calls} calls, ` +
      `${c.indirectCalls} of them through pointers, ${c.bindings} bindings.`,
    errors: (files, nodes) => `${files} files have parse errors (${nodes} places).`,
    cost: (seconds, engine, megabytes) => `${seconds} s with ${engine}, at most ${megabytes} MB of memory.`,
    moreProblems: (count) => `${count} more files had problems; --json lists them.`,
    noFiles: (folder) => `There is no C, header or assembler file in ${folder}.`,
  },
  'zh-cn': {
    needsFolder: (command) => `${command} 需要指定要建立索引的文件夹。`,
    progress: (done, all) => `已索引 ${done} / ${all} 个文件`,
    found: (c) =>
      `${c.files} 个文件（${c.bytes} 字节）：${c.functions} 个函数，${c.calls} 次调用，` +
      `其中 ${c.indirectCalls} 次经由指针，${c.bindings} 处绑定。`,
    errors: (files, nodes) => `${files} 个文件存在解析错误（${nodes} 处）。`,
    cost: (seconds, engine, megabytes) => `用时 ${seconds} 秒（${engine}），内存最多 ${megabytes} MB。`,
    moreProblems: (count) => `另有 ${count} 个文件存在问题，--json 会列出全部。`,
    noFiles: (folder) => `${folder} 中没有 C、头文件或汇编文件。`,
  },
};
