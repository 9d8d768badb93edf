import type { InEveryLanguage } from './language.ts';

/** Formats that a run is exported in. */
export const EXPORT_FORMATS = ['html', 'html-sources', 'perfetto', 'mermaid', 'json', 'text'] as const;

/** A format of an export. */
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** A format as a choice. */
export interface FormatText {
  readonly label: string;
  readonly detail: string;
  /** What a file dialog calls such files. */
  readonly files: string;
}

/** Sentences of the exports. */
export interface ExportingTexts {
  readonly ask: string;
  readonly save: string;
  readonly saveButton: string;
  readonly busy: string;
  readonly written: (path: string) => string;
  readonly open: string;
  readonly formats: Readonly<Record<ExportFormat, FormatText>>;
  readonly licence: string;
}

/** Sentences of the exports, in every language. */
export const EXPORTING_TEXTS: InEveryLanguage<ExportingTexts> = {
  en: {
    ask: 'Export this run as',
    save: 'Save the exported run',
    saveButton: 'Export',
    busy: 'Exporting the run',
    written: (path) => `The run was written to ${path}.`,
    open: 'Open',
    licence: 'The file carries source text of your trees: their licences go with it.',
    formats: {
      html: {
        label: 'Self-contained page (HTML)',
        detail: 'Replays in any browser, without a network. No source text in it.',
        files: 'Web pages',
      },
      'html-sources': {
        label: 'Self-contained page with sources (HTML)',
        detail: 'The same with the text of the functions on the path: their licences go with it.',
        files: 'Web pages',
      },
      perfetto: {
        label: 'Perfetto trace (JSON)',
        detail: 'For ui.perfetto.dev: a track for each context, arrows for boundaries.',
        files: 'Perfetto traces',
      },
      mermaid: {
        label: 'Mermaid sequence diagram',
        detail: 'For Markdown: who calls whom over the boundaries.',
        files: 'Mermaid diagrams',
      },
      json: { label: 'JSON', detail: 'Every event, as "virtio-trace trace --json" prints it.', files: 'JSON files' },
      text: { label: 'Text', detail: 'Every stage with file and line, as the editor shows it.', files: 'Trace texts' },
    },
  },
  'zh-cn': {
    ask: '将此次运行导出为',
    save: '保存导出的运行',
    saveButton: '导出',
    busy: '正在导出运行',
    written: (path) => `已将此次运行写入 ${path}。`,
    open: '打开',
    licence: '此文件包含您源码树中的源码文本：请遵守其许可证。',
    formats: {
      html: { label: '独立网页（HTML）', detail: '在任何浏览器中回放，无需网络。不含源码文本。', files: '网页' },
      'html-sources': {
        label: '带源码的独立网页（HTML）',
        detail: '同上，并包含路径上各函数的文本：请遵守其许可证。',
        files: '网页',
      },
      perfetto: {
        label: 'Perfetto 跟踪（JSON）',
        detail: '用于 ui.perfetto.dev：每个上下文一条轨道，边界以箭头表示。',
        files: 'Perfetto 跟踪',
      },
      mermaid: { label: 'Mermaid 时序图', detail: '用于 Markdown：谁跨越边界调用谁。', files: 'Mermaid 图' },
      json: { label: 'JSON 数据', detail: '每个事件，与“virtio-trace trace --json”的输出相同。', files: 'JSON 文件' },
      text: { label: '文本', detail: '每个阶段及其文件和行，与编辑器中所示相同。', files: '跟踪文本' },
    },
  },
};
