import * as v from 'valibot';
import { type Problem, problem } from '../../base/problem.ts';
import { err, ok, type Result } from '../../base/result.ts';
import { HOP_KINDS } from '../../trace/kinds.ts';

/** Bounds of an edge file. */
export const EDGE_LIMITS = {
  edges: 10_000,
  pathLength: 1024,
  nameLength: 256,
  noteLength: 2000,
  line: 10_000_000,
} as const;

/** A path inside a tree: forward slashes, no `..`, not absolute. It is looked up among the indexed files, never opened. */
const PATH = /^(?!\/)(?!.*(?:^|\/)\.\.?(?:\/|$))[^\\:\0]+$/;
const NAME = /^[A-Za-z_]\w*(?:\([A-Za-z_]\w*\))?$/;

const allowed = 'a path inside the tree with forward slashes';
const side = v.strictObject(
  {
    tree: v.picklist(['acrn', 'linux']),
    file: v.pipe(v.string(), v.minLength(1), v.maxLength(EDGE_LIMITS.pathLength), v.regex(PATH, allowed)),
    function: v.pipe(v.string(), v.maxLength(EDGE_LIMITS.nameLength), v.regex(NAME, 'the name of a C function')),
    line: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(EDGE_LIMITS.line))),
  },
  'tree | file | function | line',
);

/** An edge file: `.virtio-trace/edges.json` in the workspace. */
export const EDGE_FILE_SCHEMA = v.strictObject(
  {
    $schema: v.exactOptional(v.pipe(v.string(), v.maxLength(EDGE_LIMITS.pathLength))),
    format: v.literal(1),
    edges: v.pipe(
      v.array(
        v.strictObject(
          {
            from: v.pipe(side, v.description('Function that reaches the other; `line` is where it does.')),
            to: v.pipe(side, v.description('Function that is reached; `line` is where it is bound or registered.')),
            kind: v.picklist(HOP_KINDS),
            note: v.exactOptional(v.pipe(v.string(), v.maxLength(EDGE_LIMITS.noteLength))),
          },
          'from | to | kind | note',
        ),
      ),
      v.maxLength(EDGE_LIMITS.edges),
    ),
  },
  '$schema | format | edges',
);

/** An edge that the user gave. */
export type UserEdge = v.InferOutput<typeof EDGE_FILE_SCHEMA>['edges'][number];

/** The edges of a file's text; `bad-edges` with the JSON pointer of the first wrong place and what is allowed there. */
export function parseEdgeFile(text: string): Result<readonly UserEdge[], Problem> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    return err(problem('bad-edges', { path: '/', found, allowed: 'JSON' }));
  }
  const parsed = v.safeParse(EDGE_FILE_SCHEMA, value, { abortEarly: true });
  return parsed.success ? ok(parsed.output.edges) : err(problemOf(parsed.issues[0]));
}

function problemOf(issue: v.InferIssue<typeof EDGE_FILE_SCHEMA>): Problem {
  const keys = (issue.path ?? []).map((item) => String(item.key).replaceAll('~', '~0').replaceAll('/', '~1'));
  const told = /^Invalid /.test(issue.message) ? (issue.expected ?? issue.message) : issue.message;
  const found = issue.received === 'undefined' ? '' : issue.received;
  return problem('bad-edges', { path: `/${keys.join('/')}`, found: found.slice(0, 200), allowed: told });
}
