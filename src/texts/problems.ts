import type { Problem, ProblemArgs, ProblemCode } from '../base/problem.ts';
import type { InEveryLanguage, Language } from './language.ts';

/** What went wrong, and what to do next. */
export interface ProblemText {
  readonly text: string;
  readonly next: string;
}

type ProblemTexts = { readonly [C in ProblemCode]: (args: ProblemArgs[C]) => ProblemText };

const en: ProblemTexts = {
  'node-too-old': ({ found, needed }) => ({
    text: `Node.js ${found} is too old.`,
    next: `Install Node.js ${needed} or later and run the command again.`,
  }),
  'not-a-tree': ({ path, kind, landmark }) => ({
    text: `${path} is not ${kind === 'acrn' ? 'an ACRN' : 'a Linux'} source tree: ${landmark} is not there.`,
    next: `Name the top folder of ${kind === 'acrn' ? 'an acrn-hypervisor checkout' : 'a Linux source tree'}.`,
  }),
  'no-such-folder': ({ path }) => ({ text: `There is no folder ${path}.`, next: 'Check the path and its spelling.' }),
  'file-unreadable': ({ path, reason }) => ({
    text: `${path} cannot be read: ${reason}.`,
    next: 'Check its permissions. Everything else goes on without this file.',
  }),
  'cannot-read': ({ path, reason }) => ({
    text: `${path} cannot be read: ${reason}.`,
    next: 'Check the path, its permissions, and that the file is complete.',
  }),
  'file-too-large': ({ path, bytes, limit }) => ({
    text: `${path} has ${bytes} bytes; files above ${limit} bytes are not indexed.`,
    next: 'Such a file is made by a program. Everything else goes on without it.',
  }),
  'file-changing': ({ path }) => ({
    text: `${path} changed each time it was read.`,
    next: 'Run the command again when nothing writes to it any more. Everything else goes on without it.',
  }),
  'file-not-utf8': ({ path }) => ({
    text: `${path} is not valid UTF-8.`,
    next: 'It was read with the invalid bytes replaced; names and lines stay right.',
  }),
  'file-missing-in-tree': ({ path, tree }) => ({
    text: `${path} is missing in ${tree}.`,
    next: 'Check that the checkout is complete. The stages of this file are shown as absent.',
  }),
  'write-text-too-long': ({ bytes, limit }) => ({
    text: `The text has ${bytes} bytes; at most ${limit} can be written in one trace.`,
    next: 'Write a shorter text.',
  }),
  'unknown-route': ({ name, known }) => ({ text: `There is no route "${name}".`, next: `Use one of: ${known}.` }),
  'unknown-backend': ({ name, known }) => ({ text: `There is no backend "${name}".`, next: `Use one of: ${known}.` }),
  'unknown-format': ({ name, known }) => ({ text: `There is no format "${name}".`, next: `Use one of: ${known}.` }),
  'bad-scenario': ({ path, found, allowed }) => ({
    text: `The scenario is wrong at ${path}: ${found === '' ? 'nothing is' : `${found} is`} there. Allowed there: ${allowed}.`,
    next: 'Correct that place and run it again. The JSON Schema in schemas/scenario.schema.json describes every field.',
  }),
  'unknown-scenario': ({ name, known }) => ({
    text: `There is no scenario file "${name}", and no named scenario is called so.`,
    next: `Check the path, or use one of: ${known}.`,
  }),
  'not-in-scenario': ({ option, scenario, allowed }) => ({
    text: `${option} does not fit the scenario "${scenario}".`,
    next: `Allowed with it: ${allowed}.`,
  }),
  'bad-recording': ({ path, reason }) => ({
    text: `The recording is wrong at ${path}: ${reason}.`,
    next: 'Give a recording of the device model or a captured ring, with the files it names beside it.',
  }),
  'bad-edges': ({ path, found, allowed }) => ({
    text: `.virtio-trace/edges.json is wrong at ${path}: ${found === '' ? 'nothing is' : `${found} is`} there. Allowed there: ${allowed}.`,
    next: 'Correct that place. The JSON Schema in schemas/edges.schema.json describes every field.',
  }),
  'no-such-function': ({ name }) => ({
    text: `No indexed file defines or calls ${name}.`,
    next: 'Check its spelling, or name a line of it as FILE:LINE.',
  }),
  'file-not-indexed': ({ path }) => ({
    text: `${path} is not among the indexed files.`,
    next: 'Give the path relative to its tree. By default all of ACRN and the routes\u2019 folders of Linux are indexed.',
  }),
  'no-function-at': ({ path, line }) => ({
    text: `No function stands at ${path}:${line}.`,
    next: 'Name a line inside a function, or the function itself.',
  }),
  usage: ({ reason }) => ({ text: reason, next: 'See virtio-trace --help.' }),
  'cannot-write': ({ path, reason }) => ({
    text: `${path} cannot be written: ${reason}.`,
    next: 'Choose another file or check the permissions of the folder.',
  }),
  'cache-unwritable': ({ path, reason }) => ({
    text: `Facts could not be kept in ${path}: ${reason}.`,
    next: 'The answer is complete. Make room there, name another folder with --cache, or use --no-cache.',
  }),
  cancelled: () => ({ text: 'Cancelled.', next: 'Run the command again when you want the trace.' }),
  'already-running': () => ({
    text: 'A trace is already running.',
    next: 'Wait for it to finish, or cancel it in its progress message.',
  }),
  'worker-failed': ({ reason }) => ({
    text: `Reading the sources stopped: ${reason}.`,
    next: 'Run the command again; if it stops again, the log names the file.',
  }),
  'bad-message': ({ reason }) => ({
    text: `The panel sent a message that is not understood: ${reason}.`,
    next: 'Close the panel and run the trace again.',
  }),
  'no-workspace-trust': () => ({
    text: 'Real files are written only in a trusted workspace.',
    next: 'Use the emulated backend, or trust this workspace.',
  }),
  'folder-not-empty': ({ path }) => ({
    text: `${path} is there already and holds something else.`,
    next: 'Choose another folder, or take that one away first.',
  }),
  'git-failed': ({ command, reason }) => ({
    text: `${command} failed: ${reason}`,
    next: 'Check the network and that git runs in a terminal. The repositories are settings: virtioTrace.sources.',
  }),
};

const zh: ProblemTexts = {
  'node-too-old': ({ found, needed }) => ({
    text: `Node.js ${found} 版本过旧。`,
    next: `请安装 Node.js ${needed} 或更高版本，然后重新运行该命令。`,
  }),
  'not-a-tree': ({ path, kind, landmark }) => ({
    text: `${path} 不是 ${kind === 'acrn' ? 'ACRN' : 'Linux'} 源码树：缺少 ${landmark}。`,
    next: `请指定 ${kind === 'acrn' ? 'acrn-hypervisor 检出目录' : 'Linux 源码树'}的顶层文件夹。`,
  }),
  'no-such-folder': ({ path }) => ({ text: `文件夹 ${path} 不存在。`, next: '请检查路径及其拼写。' }),
  'file-unreadable': ({ path, reason }) => ({
    text: `无法读取 ${path}：${reason}。`,
    next: '请检查其权限。其余文件不受影响，继续处理。',
  }),
  'cannot-read': ({ path, reason }) => ({
    text: `无法读取 ${path}：${reason}。`,
    next: '请检查路径、权限，以及文件是否完整。',
  }),
  'file-too-large': ({ path, bytes, limit }) => ({
    text: `${path} 有 ${bytes} 字节；超过 ${limit} 字节的文件不建立索引。`,
    next: '这类文件由程序生成，其余部分不受影响。',
  }),
  'file-changing': ({ path }) => ({
    text: `每次读取 ${path} 时它都在变化。`,
    next: '请在不再写入该文件后重新运行，其余部分不受影响。',
  }),
  'file-not-utf8': ({ path }) => ({
    text: `${path} 不是有效的 UTF-8 文件。`,
    next: '无效字节已替换后读取；名称和行号仍然正确。',
  }),
  'file-missing-in-tree': ({ path, tree }) => ({
    text: `${tree} 中缺少 ${path}。`,
    next: '请检查检出是否完整。该文件中的阶段显示为不存在。',
  }),
  'write-text-too-long': ({ bytes, limit }) => ({
    text: `文本长度为 ${bytes} 字节；一次跟踪最多可写 ${limit} 字节。`,
    next: '请写入较短的文本。',
  }),
  'unknown-route': ({ name, known }) => ({ text: `没有名为“${name}”的路线。`, next: `可用的路线：${known}。` }),
  'unknown-backend': ({ name, known }) => ({ text: `没有名为“${name}”的后端。`, next: `可用的后端：${known}。` }),
  'unknown-format': ({ name, known }) => ({ text: `没有名为“${name}”的格式。`, next: `可用的格式：${known}。` }),
  'bad-scenario': ({ path, found, allowed }) => ({
    text: `场景在 ${path} 处有误：${found === '' ? '此处缺少内容' : `此处为 ${found}`}。允许的内容：${allowed}。`,
    next: '请更正该处后重新运行。schemas/scenario.schema.json 中的 JSON Schema 说明了每个字段。',
  }),
  'unknown-scenario': ({ name, known }) => ({
    text: `没有场景文件“${name}”，也没有同名的内置场景。`,
    next: `请检查路径，或使用以下之一：${known}。`,
  }),
  'not-in-scenario': ({ option, scenario, allowed }) => ({
    text: `${option} 不适用于场景“${scenario}”。`,
    next: `可与之搭配的有：${allowed}。`,
  }),
  'bad-recording': ({ path, reason }) => ({
    text: `录制文件在 ${path} 处有误：${reason}。`,
    next: '请提供设备模型的录制或捕获的环，并把它引用的文件放在同一目录。',
  }),
  'bad-edges': ({ path, found, allowed }) => ({
    text: `.virtio-trace/edges.json 在 ${path} 处有误：${found === '' ? '缺少内容' : `此处为 ${found}`}。此处允许：${allowed}。`,
    next: '请改正该处。各字段说明见 JSON Schema：schemas/edges.schema.json。',
  }),
  'no-such-function': ({ name }) => ({
    text: `已索引的文件中没有定义或调用 ${name}。`,
    next: '请检查拼写，或用 FILE:LINE 指定其中一行。',
  }),
  'file-not-indexed': ({ path }) => ({
    text: `${path} 不在已索引的文件之中。`,
    next: '请给出相对于源码树的路径。默认索引整个 ACRN 和 Linux 中各路线涉及的目录。',
  }),
  'no-function-at': ({ path, line }) => ({
    text: `${path}:${line} 处没有函数。`,
    next: '请指定函数内的一行，或直接给出函数名。',
  }),
  usage: ({ reason }) => ({ text: reason, next: '请参阅 virtio-trace --help。' }),
  'cannot-write': ({ path, reason }) => ({
    text: `无法写入 ${path}：${reason}。`,
    next: '请选择其他文件，或检查文件夹的权限。',
  }),
  'cache-unwritable': ({ path, reason }) => ({
    text: `无法在 ${path} 中保存索引结果：${reason}。`,
    next: '本次结果完整。请腾出空间、用 --cache 指定其他文件夹，或使用 --no-cache。',
  }),
  cancelled: () => ({ text: '已取消。', next: '需要跟踪时请重新运行该命令。' }),
  'already-running': () => ({ text: '已有一次跟踪正在进行。', next: '请等待其完成，或在进度消息中取消。' }),
  'worker-failed': ({ reason }) => ({
    text: `读取源码中断：${reason}。`,
    next: '请重新运行该命令；若再次中断，日志会指出是哪个文件。',
  }),
  'bad-message': ({ reason }) => ({
    text: `面板发送了无法理解的消息：${reason}。`,
    next: '请关闭面板并重新运行跟踪。',
  }),
  'no-workspace-trust': () => ({
    text: '仅在受信任的工作区中才会写入真实文件。',
    next: '请使用模拟后端，或信任此工作区。',
  }),
  'folder-not-empty': ({ path }) => ({
    text: `${path} 已存在，且其中有其他内容。`,
    next: '请选择另一个文件夹，或先移走它。',
  }),
  'git-failed': ({ command, reason }) => ({
    text: `${command} 失败：${reason}`,
    next: '请检查网络，并确认 git 能在终端中运行。仓库地址可在设置 virtioTrace.sources 中更改。',
  }),
};

const texts: InEveryLanguage<ProblemTexts> = { en, 'zh-cn': zh };

/** The sentence for a problem, and what to do next. */
export function problemText(problem: Problem, language: Language): ProblemText {
  const write = texts[language][problem.code] as (args: Problem['args']) => ProblemText;
  return write(problem.args);
}
