import type { Recorder } from '../../../src/trace/recorder.ts';

/** A call with its calls. */
export interface Call {
  readonly name: string;
  readonly calls: Call[];
}

const LINE = /^(?!#)(?:.*\|)?([ \t]*)(\}|[\w.]+(?: \[\w+\])?\(\)( \{|;))/;
/** `1)` in the kernel's own formats (latency format too), `[001]` in trace-cmd's report. */
const PROCESSOR = /^\s*(?:[\d.]+ \|\s+)?(\d+)\)|^[^|]*\[(\d{3})\]/;
const SUFFIX = /(\.(constprop|isra|part|cold)\.\d+)+$/;

/** The calls of a function_graph log, in order: what each processor did until it switched tasks is one list of roots. */
export function parseFunctionGraph(text: string): Call[] {
  const roots: Call[] = [];
  const stacks = new Map<string, Call[]>();
  for (const line of text.split('\n')) {
    const found = LINE.exec(line);
    const cpu = PROCESSOR.exec(line)?.slice(1).join('') ?? '0';
    const switched = line.includes('=>');
    if (switched) {
      stacks.set(cpu, []);
    }
    const what = found?.[2];
    if (what === undefined) {
      continue;
    }
    const stack = stacks.get(cpu) ?? [];
    stacks.set(cpu, stack);
    if (what === '}') {
      stack.pop();
      continue;
    }
    const call: Call = {
      name: what
        .replace(/ \[\w+\]/, '')
        .replace(/\(\).*/, '')
        .replace(SUFFIX, ''),
      calls: [],
    };
    (stack.at(-1)?.calls ?? roots).push(call);
    if (what.endsWith('{')) {
      stack.push(call);
    }
  }
  return roots;
}

/** The calls of a trace on contexts for which `wanted` holds. */
export function recordedCalls(recorder: Recorder, from: number, wanted: (context: string) => boolean): Call[] {
  const { trace } = recorder;
  const roots: Call[] = [];
  const stack: Call[] = [];
  for (const event of trace.events(from)) {
    if (!wanted(trace.contexts[event.context]?.name ?? '')) {
      continue;
    }
    if (event.kind === 'enter') {
      const call: Call = { name: trace.stages[event.stage]?.function ?? '?', calls: [] };
      (stack.at(-1)?.calls ?? roots).push(call);
      stack.push(call);
    } else if (event.kind === 'exit') {
      stack.pop();
    }
  }
  return roots;
}

/** All names. */
export function names(calls: readonly Call[], into = new Set<string>()): Set<string> {
  for (const call of calls) {
    into.add(call.name);
    names(call.calls, into);
  }
  return into;
}

/** Only calls whose name is in `known`; what others call moves up. `dropped` subtrees are left out. */
export function project(calls: readonly Call[], known: ReadonlySet<string>, dropped: ReadonlySet<string>): Call[] {
  return calls.flatMap((call) => {
    if (dropped.has(call.name)) {
      return [];
    }
    const inner = project(call.calls, known, dropped);
    return known.has(call.name) ? [{ name: call.name, calls: inner }] : inner;
  });
}

/** All calls of a name, outermost first. */
export function find(calls: readonly Call[], name: string): Call[] {
  return calls.flatMap((call) => (call.name === name ? [call] : find(call.calls, name)));
}

/** One line a call, indented. */
export const outline = (calls: readonly Call[], indent = ''): string =>
  calls.map((call) => `${indent}${call.name}\n${outline(call.calls, `${indent}  `)}`).join('');

/** Of calls of one name in a row only the last: turns of a spin, and echoes, depend on the device's speed. */
export const lastOfRepeats = (calls: readonly Call[]): Call[] =>
  calls
    .map(({ name, calls: inner }) => ({ name, calls: lastOfRepeats(inner) }))
    .filter(({ name }, i, all) => name !== all[i + 1]?.name);
