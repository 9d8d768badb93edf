import { assertNever } from '../base/assert.ts';
import { toHex } from '../base/bytes.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { hazardText } from '../texts/events.ts';
import { NO_STAGE } from '../trace/columns.ts';
import { traceHash } from '../trace/hash.ts';
import { expressionOf, hopKindOf } from '../trace/hops.ts';
import { LOG_LEVELS } from '../trace/kinds.ts';
import { outputOf } from '../trace/output.ts';
import type { Trace, TraceEvent } from '../trace/trace.ts';

const AREA = 0x100000000;

/** What stands around the events of an exported run. */
export interface RunFacts {
  readonly scenario: Scenario;
  /** How the machine's scheduler ended: `quiet` when everything was done. */
  readonly end: string;
}

/**
 * A run as one JSON document (format 1 of the command line), in pieces so that a million events never stand in one
 * string. Numbers of addresses and times are plain, bytes are hex, stages are named by id.
 */
export function* runAsJson(trace: Trace, facts: RunFacts): IterableIterator<string> {
  const used = enteredStages(trace);
  const stages = [...used].map((index) => trace.stages[index]).filter((stage) => stage !== undefined);
  yield `{"format":1,"scenario":${JSON.stringify(facts.scenario)},"forced":${JSON.stringify(facts.scenario.forced)}`;
  yield `,"end":${JSON.stringify(facts.end)},"hash":"${traceHash(trace)}","dropped":${trace.dropped}`;
  yield `,"contexts":${JSON.stringify(trace.contexts)}`;
  yield `,"stages":${JSON.stringify(stages.map(({ id, program, file, function: name }) => ({ id, program, file, function: name })))}`;
  yield ',"events":[';
  let separator = '';
  for (const event of trace.events()) {
    yield `${separator}${JSON.stringify(eventAsJson(trace, event))}`;
    separator = ',\n';
  }
  const output = Object.fromEntries([...outputOf(trace)].map(([endpoint, bytes]) => [endpoint, toHex(bytes)]));
  yield `],"output":${JSON.stringify(output)}}\n`;
}

/** Stages that the kept events enter, in the order of their first entry. */
export function enteredStages(trace: Trace): Set<number> {
  const used = new Set<number>();
  for (const event of trace.events()) {
    if (event.kind === 'enter') {
      used.add(event.stage);
    }
  }
  return used;
}

/** One event as it stands in the JSON document. */
export function eventAsJson(trace: Trace, event: TraceEvent): Record<string, unknown> {
  const data = dataOf(trace, event);
  return {
    seq: event.seq,
    t: event.time,
    context: event.context,
    kind: event.kind,
    phase: event.phase,
    ...(event.stage === NO_STAGE ? {} : { stage: trace.stages[event.stage]?.id }),
    ...(event.cause < 0 ? {} : { cause: event.cause }),
    ...(data === undefined ? {} : { data }),
  };
}

function dataOf(trace: Trace, event: TraceEvent): Record<string, unknown> | undefined {
  switch (event.kind) {
    case 'enter':
    case 'exit':
      return { depth: event.key };
    case 'resume':
      return undefined;
    case 'hop':
      return { hop: hopKindOf(event), to: trace.stages[event.value]?.id ?? null, expr: expressionOf(trace, event) };
    case 'block':
      return { on: expressionOf(trace, event) };
    case 'spin':
      return { on: expressionOf(trace, event), turns: event.old };
    case 'state': {
      const field = trace.fields[event.key];
      return { program: field?.program, field: field?.path, old: event.old, value: event.value };
    }
    case 'memory':
      return memoryData(trace, event);
    case 'hazard':
      return hazardData(trace, event);
    case 'log':
      return { level: LOG_LEVELS[event.value], code: expressionOf(trace, event), ...trace.notes[event.old] };
    case 'output':
      return { endpoint: trace.endpoints[event.value], hex: toHex(heapOf(trace, event, event.old)) };
    default:
      return assertNever(event.kind);
  }
}

/** A hazard's code, its kind, the function of the real program where it happens, and its arguments. */
function hazardData(trace: Trace, event: TraceEvent): Record<string, unknown> {
  const code = expressionOf(trace, event);
  const args = trace.notes[event.old] ?? {};
  const kind = hazardText(code, args, 'en')?.kind;
  const at = trace.stages[event.stage];
  return {
    code,
    ...(kind === undefined ? {} : { hazard: kind }),
    ...(at === undefined || at.file === '' ? {} : { source: { file: at.file, function: at.function } }),
    ...args,
  };
}

function memoryData(trace: Trace, event: TraceEvent): Record<string, unknown> {
  const count = event.old % AREA;
  const bytes = heapOf(trace, event, 2 * count);
  return {
    memory: trace.memories[Math.floor(event.old / AREA)]?.name,
    address: event.value,
    old: toHex(bytes.subarray(0, count)),
    value: toHex(bytes.subarray(count)),
  };
}

function heapOf(trace: Trace, event: TraceEvent, length: number): Uint8Array {
  const found = trace.locate(event.seq);
  return found === undefined ? new Uint8Array(0) : found.chunk.heap.subarray(event.key, event.key + length);
}
