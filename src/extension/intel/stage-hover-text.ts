import { NAMED } from '../../scenarios/named.ts';
import { nextTitle, reachedText } from '../../sourcemap/intel/lens-model.ts';
import type { ChainStep, StageHover } from '../../sourcemap/intel/stage-hover.ts';
import { hazardInGeneral } from '../../texts/events.ts';
import { type IntelTexts, PLAIN_HOPS } from '../../texts/intel.ts';
import type { Language } from '../../texts/language.ts';
import { HOP_NAMES, PROGRAM_NAMES } from '../../texts/words.ts';
import { BOUNDARY_KINDS } from '../../trace/kinds.ts';
import { GO_TO_STAGE, RUN_SCENARIO, TRACE_FROM_HERE } from './command-ids.ts';
import { HoverText } from './markdown.ts';

/** What is told of a stage, as a hover. */
export function stageHoverText(hover: StageHover, texts: IntelTexts, language: Language): HoverText {
  const out = new HoverText([GO_TO_STAGE, RUN_SCENARIO, TRACE_FROM_HERE]);
  heading(out, hover, texts, language);
  out.paragraph().bold(texts.runsIn).text(` ${hover.context}`);
  boundary(out, hover, texts, language);
  down(out, hover, texts, language);
  chain(out.paragraph().bold(texts.chainUp).text(': '), hover.up, undefined, language);
  otherRoutes(out, hover, texts);
  for (const { code, scenarios } of hover.hazards) {
    hazard(out, code, scenarios, texts, language);
  }
  return out;
}

function heading(
  out: HoverText,
  { function: name, stage, ways }: StageHover,
  texts: IntelTexts,
  language: Language,
): void {
  const [main] = ways;
  if (main === undefined) {
    return;
  }
  const reached = main.reached === undefined ? texts.begins : reachedText(main.reached, language);
  out.bold(name).text(` · ${texts.stageOf(main.number, main.route)} · ${reached} · `);
  out.icon('play').command(texts.replayFromHere, TRACE_FROM_HERE, { route: main.route, stage });
}

function otherRoutes(out: HoverText, { stage, ways }: StageHover, texts: IntelTexts): void {
  if (ways.length < 2) {
    return;
  }
  out.paragraph().bold(texts.onRoutes).text(' ');
  for (const [at, { route, number }] of ways.entries()) {
    out
      .text(at === 0 ? '' : ', ')
      .command(route, TRACE_FROM_HERE, { route, stage })
      .text(` ${number}`);
  }
}

function boundary(out: HoverText, { up, program }: StageHover, texts: IntelTexts, language: Language): void {
  const last = up.at(-1);
  const before = up.at(-2);
  if (last === undefined || before === undefined || !BOUNDARY_KINDS.has(last.kind)) {
    return;
  }
  const names = PROGRAM_NAMES[language];
  const sides = before.program === program ? names[program] : `${names[before.program]} → ${names[program]}`;
  out.paragraph().bold(texts.boundary).text(` ${HOP_NAMES[language][last.kind]} ${last.expr} (${sides})`);
}

/** One paragraph for each program: its functions as links, pointers and boundaries named where they are passed. */
function chain(out: HoverText, steps: readonly ChainStep[], before: ChainStep | undefined, language: Language): void {
  let last = before;
  for (const step of steps) {
    if (last?.program !== step.program) {
      out.item().bold(PROGRAM_NAMES[language][step.program]).text(' ');
    }
    if (last !== undefined) {
      out.text(arrow(step, language));
    }
    if (step.stage.startsWith('user:')) {
      out.c(step.function);
    } else {
      out.command(step.function, GO_TO_STAGE, step.stage);
    }
    last = step;
  }
}

function arrow({ kind, expr }: ChainStep, language: Language): string {
  if (kind === 'fptr_call') {
    return ` → ${expr} → `;
  }
  return PLAIN_HOPS.has(kind) ? ' → ' : ` ⇒ ${HOP_NAMES[language][kind]} ⇒ `;
}

function down(out: HoverText, hover: StageHover, texts: IntelTexts, language: Language): void {
  const [main] = hover.ways;
  if (hover.down.length > 0) {
    chain(out.paragraph().bold(texts.chainDown).text(': '), hover.down, hover.up.at(-1), language);
  } else if (hover.afterOutput) {
    out.paragraph().text(texts.afterOutput);
  }
  if (main?.next !== undefined) {
    out.paragraph().command(nextTitle(main.next, language), GO_TO_STAGE, main.next.stage);
  }
}

function hazard(
  out: HoverText,
  code: string,
  scenarios: readonly string[],
  texts: IntelTexts,
  language: Language,
): void {
  const words = hazardInGeneral(code, language);
  const [name] = scenarios;
  if (words === undefined || name === undefined) {
    return;
  }
  out.rule().icon('warning').bold(texts.hazard).text(` ${words.happens} ${words.avoid} `);
  out.command(texts.runScenario(NAMED.get(name)?.title[language] ?? name), RUN_SCENARIO, name);
}
