import { describe, expect, it, vi } from 'vitest';

/** VS Code's own escaping (`MarkdownString.appendText`, src/vs/base/common/htmlContent.ts). */
class MarkdownString {
  value = '';
  isTrusted: unknown;
  appendText(text: string): this {
    this.value += text
      .replace(/[\\`*_{}[\]()#+\-!~]/g, '\\$&')
      .replace(/[ \t]+/g, (gap) => '&nbsp;'.repeat(gap.length));
    return this;
  }
  appendMarkdown(text: string): this {
    this.value += text;
    return this;
  }
  appendCodeblock(text: string, language: string): this {
    this.value += `\n\`\`\`${language}\n${text}\n\`\`\`\n`;
    return this;
  }
}
vi.mock('vscode', () => ({ MarkdownString }));
const { HoverText } = await import('../../../src/extension/intel/markdown.ts');

const HOSTILE = 'x](command:evil.run) [y](http://example.invalid) **b** <img src=x> $(bug) `c`';
/** A link whose brackets nobody has escaped. */
const LINKS = /(?<!\\)\]\(([^)]*)\)/g;

const links = (value: string): readonly (string | undefined)[] => [...value.matchAll(LINKS)].map((match) => match[1]);

describe('a hover', () => {
  it('shows hostile C text as text, in every way in which it can come in', () => {
    const out = new HoverText(['virtioTrace.goToStage']);
    out.text(HOSTILE).bold(HOSTILE).c(HOSTILE).command(HOSTILE, 'virtioTrace.goToStage', HOSTILE);
    expect(links(out.markdown.value).filter((target) => !target?.startsWith('command:virtioTrace.goToStage?'))).toEqual(
      [],
    );
    expect(links(out.markdown.value)).toHaveLength(1);
  });

  it('lets a link run single commands and nothing else', () => {
    const { markdown } = new HoverText(['virtioTrace.goToStage']);
    expect(markdown.isTrusted).toEqual({ enabledCommands: ['virtioTrace.goToStage'] });
    expect(new HoverText().markdown.isTrusted).toEqual({ enabledCommands: [] });
  });

  it('keeps an argument whole that holds brackets: SYSCALL_DEFINE3(write)', () => {
    const stage = 'linux:fs/read_write.c#SYSCALL_DEFINE3(write)';
    const out = new HoverText().command('go', 'virtioTrace.goToStage', stage);
    const [target = ''] = links(out.markdown.value);
    expect(JSON.parse(decodeURIComponent(target?.slice(target.indexOf('?') + 1) ?? ''))).toEqual([stage]);
  });
});
