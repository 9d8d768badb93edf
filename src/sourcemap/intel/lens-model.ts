import type { Route } from '../../scenarios/scenario.ts';
import { INTEL_TEXTS, type IntelTexts } from '../../texts/intel.ts';
import type { Language } from '../../texts/language.ts';
import { HOP_NAMES } from '../../texts/words.ts';
import type { FunctionPlace } from '../query/query-types.ts';
import type { BoundaryMark, FileIntel, Next, Reached, StageMark, StageWay } from './file-intel.ts';
import type { BindingCalls, BoundaryHandlers, IndexedFile } from './indexed-file.ts';

/** Which lenses are wanted. */
export interface LensSettings {
  readonly stages: boolean;
  /** Routes that lenses speak of; all where it is empty. */
  readonly routes: readonly string[];
  readonly bindings: 'all' | 'route' | 'off';
  readonly boundaries: boolean;
  readonly language: Language;
}

/** What a lens does. */
export type LensAction =
  | { readonly t: 'callers'; readonly function: string; readonly line: number }
  | { readonly t: 'go'; readonly stage: string }
  | { readonly t: 'replay'; readonly stage: string; readonly routes: readonly Route[] }
  | { readonly t: 'hazards'; readonly stage: string }
  | { readonly t: 'peek'; readonly line: number; readonly places: readonly FunctionPlace[] }
  | { readonly t: 'index' };

/** A lens above a line (1-based). */
export interface LensData {
  readonly line: number;
  readonly title: string;
  readonly action: LensAction;
  /** The line is the head of a function: a line above it may hold its type. */
  readonly head?: boolean;
}

/** Names of handlers that a title shows. */
const SHOWN_HANDLERS = 2;

/** The lenses of a file, in the order of its lines. What only the index knows comes with `indexed`. */
export function lensesOf(
  intel: FileIntel,
  indexed: IndexedFile | undefined,
  settings: LensSettings,
): readonly LensData[] {
  const texts = INTEL_TEXTS[settings.language];
  const stages = settings.stages ? intel.stages.flatMap((mark) => stageLenses(mark, settings, texts)) : [];
  const bindings = bindingLenses(intel, indexed, settings, texts);
  const boundaries = settings.boundaries ? boundaryLenses(intel, indexed, settings, texts) : [];
  return [...stages, ...bindings, ...boundaries].toSorted((a, b) => a.line - b.line);
}

function stageLenses(mark: StageMark, settings: LensSettings, texts: IntelTexts): readonly LensData[] {
  const { routes } = settings;
  const ways = mark.ways.filter((way) => routes.length === 0 || routes.includes(way.route));
  const [main] = ways;
  if (main === undefined) {
    return [];
  }
  const at = (title: string, action: LensAction): LensData => ({ line: mark.line, title, action, head: true });
  const shown = ways.map((way) => way.route);
  return [
    at(stageTitle(mark, main, ways.length, settings, texts), { t: 'callers', function: mark.name, line: mark.line }),
    ...(main.next === undefined
      ? []
      : [at(nextTitle(main.next, settings.language), { t: 'go', stage: main.next.stage } as const)]),
    at(texts.replayFromHere, { t: 'replay', stage: mark.stage, routes: shown }),
    ...(mark.hazards.length === 0
      ? []
      : [at(texts.hazards(mark.hazards.length), { t: 'hazards', stage: mark.stage } as const)]),
  ];
}

function stageTitle(
  mark: StageMark,
  way: StageWay,
  routes: number,
  { language }: LensSettings,
  texts: IntelTexts,
): string {
  const others = routes > 1 ? texts.andRoutes(routes - 1) : '';
  const standsFor = mark.renamed ? [texts.renamed(mark.stage.slice(mark.stage.indexOf('#') + 1))] : [];
  const reached = way.reached === undefined ? texts.begins : reachedText(way.reached, language);
  return [`${texts.stageOf(way.number, way.route)}${others}`, ...standsFor, reached].join(' · ');
}

/** How a stage is reached, in a few words. */
export function reachedText({ kind, expr, from }: Reached, language: Language): string {
  const texts = INTEL_TEXTS[language];
  switch (kind) {
    case 'direct_call':
    case 'return_then_call':
      return texts.calledBy(from);
    case 'return':
      return texts.goesOnAfter(from);
    case 'fptr_call':
      return texts.throughFrom(pointerText(expr), from);
    default:
      return texts.byFrom(HOP_NAMES[language][kind], from);
  }
}

/** What comes next, in a few words. */
export function nextTitle({ kind, expr, to, by }: Next, language: Language): string {
  const texts = INTEL_TEXTS[language];
  if (by !== '') {
    return texts.nextOfCaller(by, to);
  }
  switch (kind) {
    case 'direct_call':
    case 'return_then_call':
      return texts.nextCall(to);
    case 'fptr_call':
      return texts.nextThrough(pointerText(expr), to);
    default:
      return texts.nextBy(HOP_NAMES[language][kind], to);
  }
}

/** A called expression without the brackets of an explicit dereference: `(*vq->notify)` is `vq->notify`. */
export const pointerText = (expr: string): string => /^\(\s*\*\s*(.*)\)$/.exec(expr)?.[1] ?? expr;

function bindingLenses(
  intel: FileIntel,
  indexed: IndexedFile | undefined,
  settings: LensSettings,
  texts: IntelTexts,
): readonly LensData[] {
  const wanted = intel.bindings.filter(
    (mark) => settings.bindings === 'all' || (settings.bindings === 'route' && mark.isStage),
  );
  return [...groupByLine(wanted)].map(([line, marks]): LensData => {
    const known = indexed?.bindings.filter((one) =>
      marks.some((mark) => mark.line === one.line && mark.function === one.function),
    );
    return known === undefined || known.length === 0
      ? { line, title: texts.bound, action: { t: 'index' } }
      : boundLens(line, known, texts);
  });
}

function boundLens(line: number, known: readonly BindingCalls[], texts: IntelTexts): LensData {
  const places = [...new Map(known.flatMap((one) => one.calls).map((place) => [keyOf(place), place])).values()];
  if (places.length > 0) {
    return { line, title: texts.boundCalled(places.length), action: { t: 'peek', line, places } };
  }
  const [first] = known;
  return { line, title: texts.boundUncalled, action: { t: 'callers', function: first?.function ?? '', line: 0 } };
}

function boundaryLenses(
  intel: FileIntel,
  indexed: IndexedFile | undefined,
  { language }: LensSettings,
  texts: IntelTexts,
): readonly LensData[] {
  return [...groupByLine(intel.boundaries)].flatMap(([line, marks]): LensData[] => {
    const [mark] = marks;
    const known = indexed?.boundaries.filter((one) => one.line === line);
    return mark === undefined ? [] : [boundaryLens(mark, known, language, texts)];
  });
}

function boundaryLens(
  { line, kind, via, function: name }: BoundaryMark,
  known: readonly BoundaryHandlers[] | undefined,
  language: Language,
  texts: IntelTexts,
): LensData {
  const label = texts.boundaryOf(HOP_NAMES[language][kind], via);
  if (known === undefined) {
    return { line, title: label, action: { t: 'index' } };
  }
  const places = known.flatMap((one) => one.to);
  const names = [...new Set(places.map((place) => place.function))];
  if (names.length === 0) {
    return { line, title: texts.boundaryLost(label), action: { t: 'callers', function: name, line } };
  }
  const more = names.length > SHOWN_HANDLERS ? texts.andMore(names.length - SHOWN_HANDLERS) : '';
  const title = texts.boundaryTo(label, `${names.slice(0, SHOWN_HANDLERS).join(', ')}${more}`);
  return { line, title, action: { t: 'peek', line, places } };
}

function groupByLine<T extends { readonly line: number }>(marks: readonly T[]): ReadonlyMap<number, readonly T[]> {
  const groups = new Map<number, T[]>();
  for (const mark of marks) {
    const group = groups.get(mark.line);
    if (group === undefined) {
      groups.set(mark.line, [mark]);
    } else {
      group.push(mark);
    }
  }
  return groups;
}

const keyOf = ({ tree, file, line }: FunctionPlace): string => `${tree} ${file}:${line}`;
