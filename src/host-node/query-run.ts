import { type CancelSignal, neverCancelled } from '../base/cancel.ts';
import type { Problem } from '../base/problem.ts';
import type { Result } from '../base/result.ts';
import { Parts } from '../sourcemap/query/parts.ts';
import { callees, callers } from '../sourcemap/query/query.ts';
import type { QueryAnswer } from '../sourcemap/query/query-types.ts';
import type { UserEdge } from '../sourcemap/query/user-edges.ts';
import type { Trees } from '../sourcemap/trees.ts';
import { type FactsHost, withFactsSource } from './facts.ts';
import { fileSources } from './source-list.ts';

/** Asks who reaches a function, or whom it reaches, in the route folders of these trees. */
export function runQuery(
  which: 'callers' | 'callees',
  query: string,
  trees: Trees,
  userEdges: readonly UserEdge[],
  cancel: CancelSignal = neverCancelled,
  host: FactsHost = {},
): Promise<Result<QueryAnswer, Problem>> {
  return withFactsSource((index) => {
    const parts = new Parts(trees, fileSources, index, cancel);
    return (which === 'callers' ? callers : callees)(query, { parts, userEdges, cancel });
  }, host);
}
