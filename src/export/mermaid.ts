import type { Language } from '../texts/language.ts';
import { HOP_NAMES, PROGRAM_NAMES } from '../texts/words.ts';
import { expressionOf, hopKindOf } from '../trace/hops.ts';
import { BOUNDARY_KINDS, type Phase } from '../trace/kinds.ts';
import type { Trace, TraceEvent } from '../trace/trace.ts';

/** Arrows that a diagram holds before it stops being one; how many were left out is said in its last note. */
const MAX_ARROWS = 400;

/** The boundaries that a run crosses as a Mermaid sequence diagram: a participant per context, an arrow per boundary hop. */
export function runAsMermaid(trace: Trace, phases: readonly Phase[], language: Language): string {
  const arrows = crossings(trace, phases);
  const shown = arrows.slice(0, MAX_ARROWS);
  const used = new Set(shown.flatMap(({ hop, end }) => [hop.context, end.context]));
  const lines = ['sequenceDiagram', '  autonumber'];
  for (const context of trace.contexts.filter(({ id }) => used.has(id))) {
    lines.push(
      `  participant c${context.id} as ${plain(`${PROGRAM_NAMES[language][context.program]}: ${context.name}`)}`,
    );
  }
  for (const { hop, end } of shown) {
    const words = `${HOP_NAMES[language][hopKindOf(hop)]} ${expressionOf(trace, hop)} → ${nameOf(trace, end)}`;
    lines.push(`  c${hop.context}->>c${end.context}: ${plain(words)}`);
  }
  if (arrows.length > shown.length) {
    lines.push(`  Note over c${shown[0]?.hop.context ?? 0}: +${arrows.length - shown.length}`);
  }
  return `${lines.join('\n')}\n`;
}

interface Crossing {
  readonly hop: TraceEvent;
  readonly end: TraceEvent;
}

function crossings(trace: Trace, phases: readonly Phase[]): Crossing[] {
  const found: Crossing[] = [];
  for (const end of trace.events()) {
    if ((end.kind === 'enter' || end.kind === 'resume') && phases.includes(end.phase) && end.cause >= 0) {
      const hop = trace.event(end.cause);
      if (hop?.kind === 'hop' && hop.context !== end.context && BOUNDARY_KINDS.has(hopKindOf(hop))) {
        found.push({ hop, end });
      }
    }
  }
  return found;
}

const nameOf = (trace: Trace, event: TraceEvent): string => trace.stages[event.stage]?.function ?? '';

/** Mermaid reads `;`, `#` and line ends as its own. */
const plain = (text: string): string => text.replaceAll(/[;#\r\n]/g, ' ').replaceAll('"', "'");
