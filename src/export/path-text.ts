import type { SourceMap, StagePlace } from '../sourcemap/map-types.ts';
import type { Language } from '../texts/language.ts';
import { HOP_NAMES, PROGRAM_NAMES } from '../texts/words.ts';
import { type Hop, hopsOf } from '../trace/hops.ts';
import { BOUNDARY_KINDS, type Phase } from '../trace/kinds.ts';
import type { Trace } from '../trace/trace.ts';

/** Columns that a line of a mail may have without being folded. */
const WIDTH = 72;
const NAME_WIDTH = 34;

/** What the path is written with. */
export interface PathOptions {
  readonly language: Language;
  readonly phase: Phase;
  /** First line. */
  readonly title: string;
}

/**
 * The path of a run in plain text, fit for a mail: each stage once, where control first comes to it, with file and line of
 * the user's tree; a line of dashes where control leaves a program or a thread. No line is wider than 72 columns unless one
 * name is.
 */
export function* pathAsText(trace: Trace, map: SourceMap, options: PathOptions): IterableIterator<string> {
  const { language, phase } = options;
  const places = new Map(map.stages.map((place) => [place.id, place] as const));
  const from = phase === 'run' ? trace.runStart : trace.dropped;
  const to = phase === 'run' ? trace.length : Math.min(trace.runStart, trace.length);
  const hops = new Map([...hopsOf(trace, from, to)].map((hop) => [hop.seq as number, hop]));
  yield options.title;
  yield* treeLines(map);
  const seen = new Set<number>();
  let context = -1;
  let number = 0;
  for (const event of trace.events(from, to)) {
    if (event.kind !== 'enter' || seen.has(event.stage)) {
      continue;
    }
    seen.add(event.stage);
    const arrived = hops.get(event.seq) ?? hops.get(event.cause);
    if (event.context !== context) {
      context = event.context;
      yield '';
      yield* headingOf(trace, context, arrived, language);
    }
    yield* stageLine(
      ++number,
      trace.stages[event.stage]?.function ?? '',
      places.get(trace.stages[event.stage]?.id ?? ''),
    );
  }
}

/** The trees that lines speak of. */
function* treeLines({ trees }: SourceMap): IterableIterator<string> {
  const linux = trees.guestLinux?.version;
  const service = trees.serviceLinux?.version;
  yield [
    `ACRN ${trees.acrn?.version ?? '-'}`,
    `Linux ${linux ?? '-'}`,
    ...(trees.serviceLinux === trees.guestLinux || service === linux ? [] : [`Service VM ${service ?? '-'}`]),
  ].join(', ');
}

/** `--- VM exit --- hypervisor (vCPU 0)`; the context on a line of its own where that is too wide. */
function* headingOf(
  trace: Trace,
  context: number,
  arrived: Hop | undefined,
  language: Language,
): IterableIterator<string> {
  const { program, name } = trace.contexts[context] ?? { program: 'guest-user' as const, name: '' };
  const boundary = arrived !== undefined && BOUNDARY_KINDS.has(arrived.kind);
  const way = boundary ? `--- ${HOP_NAMES[language][arrived.kind]} --- ` : '';
  yield* inOneOrTwo(`${way}${PROGRAM_NAMES[language][program]}`, ' ', `(${name})`);
}

/** `  12  hvc_push                 drivers/tty/hvc/hvc_console.c:480`; the place on a line of its own where that is too wide. */
function* stageLine(number: number, name: string, place: StagePlace | undefined): IterableIterator<string> {
  const head = `${String(number).padStart(4)}  ${name}`;
  if (place?.file === undefined || place.line === undefined) {
    yield head;
    return;
  }
  const where = `${place.file}:${place.line}`;
  const room = Math.min(NAME_WIDTH, WIDTH - where.length - 2);
  yield* inOneOrTwo(head.padEnd(room), '  ', where);
}

/** Both on one line where they fit, else one below the other. */
function* inOneOrTwo(first: string, between: string, second: string): IterableIterator<string> {
  if (first.length + between.length + second.length <= WIDTH) {
    yield `${first}${between}${second}`;
  } else {
    yield first.trimEnd();
    yield* folded(second);
  }
}

/** A text in lines, broken between words, indented. */
function* folded(text: string): IterableIterator<string> {
  let line = '     ';
  for (const word of text.split(' ')) {
    if (line.length + 1 + word.length > WIDTH && line.trim() !== '') {
      yield line;
      line = '     ';
    }
    line += ` ${word}`;
  }
  yield line;
}
