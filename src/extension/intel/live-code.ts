import type { FunctionMark } from '../../sourcemap/intel/file-intel.ts';
import type { CDocuments } from './c-documents.ts';

/** The moments of all texts at one time: what `lineNow` takes for lines that were read then. Paths are those on disk. */
export type Moments = (path: string) => number;

/** Where code stands in the text on screen, for whoever knows it from a text that was read earlier. Lines are 1-based. */
export interface LiveCode {
  /** The present moment of every text; keep it with lines that are read now. */
  moments(): Moments;
  /** Where a line of an earlier moment stands now. The line itself where the file was never open in an editor. */
  lineNow(path: string, line: number, moment: number): number;
  /**
   * The function of this name in the text on screen, read again where it was edited: `gone` where the text no longer has
   * it, undefined where the file is not open or belongs to no tree.
   */
  functionNow(path: string, name: string): Promise<FunctionMark | 'gone' | undefined>;
}

/** Before anything was edited: the text as it was first read. */
export const FIRST_MOMENTS: Moments = () => 0;

/** Lines of open C files. */
export const liveCodeOf = (documents: CDocuments): LiveCode => ({
  moments: () => documents.moments(),
  lineNow: (path, line, moment) => documents.log(path)?.lineNow(line, moment) ?? line,
  functionNow: async (path, name) => {
    const one = documents.at(path);
    const intel = await one?.read();
    const marks = intel?.functions.filter((mark) => mark.name === name) ?? [];
    const longest = marks.toSorted((a, b) => b.endLine - b.line - (a.endLine - a.line))[0];
    return intel === undefined ? undefined : (longest ?? 'gone');
  },
});
