import { everyBoundaryEdge } from '../query/boundaries.ts';
import type { Part, Parts } from '../query/parts.ts';
import type { FunctionPlace } from '../query/query-types.ts';
import { callerOf, placeOf } from '../query/rule.ts';
import type { FileIntel } from './file-intel.ts';

/** A binding with the calls that reach the function through it. */
export interface BindingCalls {
  readonly line: number;
  readonly function: string;
  /** Where it is called through the pointer; `function` is the caller. */
  readonly calls: readonly FunctionPlace[];
  /** Calls of which only the member's name agrees. */
  readonly possible: number;
}

/** A boundary call with the functions that take it on the other side. */
export interface BoundaryHandlers {
  readonly line: number;
  readonly calls: string;
  readonly to: readonly FunctionPlace[];
}

/** What one file's marks mean among all indexed files. */
export interface IndexedFile {
  readonly bindings: readonly BindingCalls[];
  readonly boundaries: readonly BoundaryHandlers[];
  /** What the answer rests on. */
  readonly files: number;
  readonly folders: readonly string[];
}

/** Looks up a file's bindings and boundaries among the files of the program that it belongs to; undefined where no program has it. */
export async function indexedFile(intel: FileIntel, parts: Parts): Promise<IndexedFile | undefined> {
  const [part] = (await parts.holding(intel.path)).filter((one) => one.tree.kind === intel.kind);
  if (part === undefined) {
    return undefined;
  }
  const bindings = bindingCalls(intel, part);
  const boundaries = await boundaryHandlers(intel, part, parts);
  const read = await parts.read();
  return {
    bindings,
    boundaries,
    files: read.reduce((sum, one) => sum + one.reading.texts.size, 0),
    folders: [...new Set(read.map((one) => `${one.treeName}:${one.name}`))],
  };
}

function bindingCalls(intel: FileIntel, part: Part): readonly BindingCalls[] {
  return intel.bindings.map(({ line, function: name }) => {
    const calls: FunctionPlace[] = [];
    let possible = 0;
    for (const fn of part.links.functionsNamed(name)) {
      for (const caller of part.links.callersOf(fn)) {
        const isThis = caller.bindings.some((place) => place.file === intel.path && place.line === line);
        const from = isThis ? callerOf(part, caller.call) : undefined;
        if (isThis && caller.confidence === 'found') {
          const place = { file: caller.call.file, line: caller.call.fact.line, tree: part.treeName };
          calls.push({ ...place, function: from?.fn.fact.name ?? caller.call.fact.inFunction });
        } else if (isThis) {
          possible++;
        }
      }
    }
    return { line, function: name, calls: distinct(calls), possible };
  });
}

async function boundaryHandlers(intel: FileIntel, part: Part, parts: Parts): Promise<readonly BoundaryHandlers[]> {
  const crossing = intel.boundaries.some(({ kind }) => kind !== 'workqueue' && kind !== 'thread_create');
  const edges = crossing ? (await everyBoundaryEdge(part, parts)).edges : [];
  const leaving = edges.filter((edge) => edge.evidence[0]?.file === intel.path && edge.from.part === part);
  return intel.boundaries.map((mark) => {
    const across = leaving
      .filter(({ kind, evidence }) => evidence[0]?.line === mark.line && (kind === mark.kind || kind !== 'syscall'))
      .map((edge) => placeOf(edge.to));
    const calls = part.links.file(intel.path)?.calls ?? [];
    const inside = calls
      .filter((fact) => fact.line === mark.line && fact.name === mark.calls)
      .flatMap((fact) => part.links.targetsOf({ file: intel.path, fact }).targets)
      .filter((target) => target.how === 'registered' && target.confidence === 'found')
      .map((target) => placeOf({ part, fn: target.function }));
    return { line: mark.line, calls: mark.calls, to: distinct([...across, ...inside]) };
  });
}

function distinct(places: readonly FunctionPlace[]): readonly FunctionPlace[] {
  return [...new Map(places.map((one) => [`${one.tree} ${one.file}:${one.line}`, one])).values()];
}
