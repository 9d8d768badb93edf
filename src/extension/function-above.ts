/** A definition that begins at the left margin: its name, and what follows on the line. */
const HEAD = /^(?!typedef|struct\b|enum\b|union\b|#|\s)[A-Za-z_][\w\s*]*?\b([A-Za-z_]\w*)\s*\(/;
/** Macros that make functions, by the name that their first argument gives. */
const MADE = /^(SYSCALL_DEFINE\d|DEFINE_\w+)\s*\(\s*(\w+)/;

/** The function in which a line stands, by the layout that both projects keep: heads and braces at the left margin. */
export function functionAbove(lines: readonly string[], line: number): string | undefined {
  for (let at = line - 1; at >= 0; at--) {
    const text = lines[at] ?? '';
    if (at < line - 1 && text.startsWith('}')) {
      return undefined;
    }
    const made = MADE.exec(text);
    const name = made === null ? HEAD.exec(text)?.[1] : `${made[1] ?? ''}(${made[2] ?? ''})`;
    if (name !== undefined && !/;\s*$/.test(text)) {
      return name;
    }
  }
  return undefined;
}
