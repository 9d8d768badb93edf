import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Problem, problem } from '../base/problem.ts';
import { err, ok, type Result } from '../base/result.ts';
import { parseEdgeFile, type UserEdge } from '../sourcemap/query/edge-file.ts';
import { messageOf } from './real-file.ts';

/** Where a workspace keeps the edges that its users gave. */
export const EDGE_FILE = path.join('.virtio-trace', 'edges.json');

/** Largest edge file that is read, in bytes: the bound of 10,000 edges is reached far below it. */
const MAX_BYTES = 16 * 1024 * 1024;

/** The user's edges of a folder; none where it has no edge file. `bad-edges` or `cannot-read` where the file is wrong. */
export async function readEdgeFile(folder: string): Promise<Result<readonly UserEdge[], Problem>> {
  const file = path.join(folder, EDGE_FILE);
  try {
    const bytes = await readFile(file);
    return bytes.length > MAX_BYTES
      ? err(problem('cannot-read', { path: EDGE_FILE, reason: `${bytes.length} bytes` }))
      : parseEdgeFile(bytes.toString('utf8'));
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
    return missing ? ok([]) : err(problem('cannot-read', { path: EDGE_FILE, reason: messageOf(error) }));
  }
}
