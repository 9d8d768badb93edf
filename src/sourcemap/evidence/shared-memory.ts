import { line } from '../../base/brand.ts';
import { SHARED_AREAS, type SharedArea } from '../dialects/boundaries.ts';
import type { Evidence } from '../map-types.ts';
import { expressionLine } from './expression.ts';
import { type HopContext, proven, type Side, sideOf, unproven, type Verdict } from './prover.ts';

/**
 * `shared_memory`: the line that writes the shared field, and where the other side is another function, the line that
 * reads the same area. The expression that the run names comes first.
 */
export function proveSharedMemory(context: HopContext): Verdict {
  const from = sideOf(context.from);
  if (from === undefined) {
    return unproven('stage-absent', context.hop.from);
  }
  const named = expressionLine(from, context.hop.expr);
  const to = sideOf(context.to);
  for (const area of SHARED_AREAS) {
    const written = named ?? areaLine(from, area, 'call');
    const read = to && to.fn !== from.fn ? areaLine(to, area, 'handler') : undefined;
    if (written !== undefined && (named === undefined || touches(from, named, area))) {
      return proven(written, ...(read ? [read] : []));
    }
  }
  return named === undefined ? unproven('no-call', 'shared field') : proven(named);
}

function areaLine(side: Side, area: SharedArea, role: 'call' | 'handler'): Evidence | undefined {
  const { line: head, endLine } = side.fn.fact;
  // the head of a function whose own name matches shows nothing
  const inside = { file: side.fn.file, fact: { line: line(head + 1), endLine } };
  const row = side.view.lineIn(inside, area.fields);
  const shown = row && area.fields.exec(row.text)?.[0];
  return row && shown !== undefined
    ? side.view.evidence({ file: side.fn.file, line: row.line }, role, shown)
    : undefined;
}

const touches = (side: Side, named: Evidence, area: SharedArea): boolean =>
  area.fields.test(side.view.lineText(named.file, named.line));
