import type { Evidence, SourceMap, StagePlace } from '../../sourcemap/map-types.ts';
import type { RouteData } from '../../sourcemap/path/route-types.ts';
import type { MapHop } from '../../sourcemap/query/map-edges.ts';
import type { QueryEvidence } from '../../sourcemap/query/query-types.ts';
import { reportOf } from '../../sourcemap/report.ts';
import { DOCUMENT_TEXTS, type DocumentTexts } from '../../texts/documents.ts';
import type { Language } from '../../texts/language.ts';
import { problemText } from '../../texts/problems.ts';
import { PLACE_REASONS, UNPROVEN_REASONS } from '../../texts/reasons.ts';
import { HOP_NAMES } from '../../texts/words.ts';
import type { HopKind } from '../../trace/kinds.ts';
import { type Piece, type Report, ReportWriter } from './report.ts';

/** What a map report is made of. */
export interface MapReportParts {
  readonly language: Language;
  readonly map: SourceMap;
  readonly hops: readonly MapHop[];
  readonly routes: readonly RouteData[];
  /** Titles of the routes, by name. */
  readonly titles: ReadonlyMap<string, string>;
  /** Where a stage stands, as a link; undefined where nowhere. */
  readonly stageLink: (id: string, place: StagePlace | undefined) => Piece | undefined;
  /** A line of evidence as a link. */
  readonly lineLink: (evidence: Evidence | QueryEvidence) => Piece;
  /** Trees for which the built-in sample stands. */
  readonly sample: readonly ('acrn' | 'linux')[];
}

/** What of the routes stands in the trees, and what does not and why; every hop with its evidence. */
export function mapReport(parts: MapReportParts): Report {
  const writer = new ReportWriter();
  const texts = DOCUMENT_TEXTS[parts.language];
  writer.heading(1, texts.mapTitle);
  treeLines(writer, parts);
  const { stages, hops } = reportOf({ stages: parts.map.stages, hops: parts.map.hops });
  const found = stages.found + stages.renamed + stages.inlined;
  writer.line().line(texts.stagesLine(found, parts.map.stages.length));
  writer.line(
    texts.byStatus(
      Object.entries(stages)
        .map(([name, n]) => `${statusOf(texts, name)} ${n}`)
        .join(', '),
    ),
  );
  writer.line(texts.hopsLine(hops.proven, hops.proven + hops.unproven));
  elsewhere(writer, parts);
  unproven(writer, parts);
  problems(writer, parts);
  for (const route of parts.routes) {
    routeSection(writer, parts, route);
  }
  return writer.end();
}

const statusOf = (texts: DocumentTexts, name: string): string => texts.statuses[name as StagePlace['status']] ?? name;

function treeLines(writer: ReportWriter, { language, map, sample }: MapReportParts): void {
  const texts = DOCUMENT_TEXTS[language];
  for (const role of ['acrn', 'guestLinux', 'serviceLinux'] as const) {
    const tree = map.trees[role];
    const isSample = sample.includes(role === 'acrn' ? 'acrn' : 'linux');
    if (role !== 'serviceLinux' || tree?.path !== map.trees.guestLinux?.path) {
      const where = tree === undefined ? '' : isSample ? texts.sample : tree.path;
      const version = tree?.version === 'unknown' ? texts.unknownVersion : (tree?.version ?? texts.noTree);
      writer.line('- ', texts.tree(texts.roles[role], version, where));
    }
  }
}

function elsewhere(writer: ReportWriter, { language, map, stageLink }: MapReportParts): void {
  const texts = DOCUMENT_TEXTS[language];
  const places = map.stages.filter((place) => place.status !== 'found' || place.reason !== undefined);
  writer.heading(2, texts.elsewhereTitle(places.length));
  for (const place of places) {
    const reason = place.reason === undefined ? '' : ` ${PLACE_REASONS[language][place.reason]}`;
    const now = stageLink(place.id, place);
    const shown: readonly Piece[] = now === undefined ? [] : [' ', now, ` ${place.function ?? ''}`];
    writer.line(`- ${nameOf(place.id)}: ${statusOf(texts, place.status)}.${reason}`, ...shown);
  }
  none(writer, places.length, texts);
}

function unproven(writer: ReportWriter, { language, hops }: MapReportParts): void {
  const texts = DOCUMENT_TEXTS[language];
  const open = distinct(hops.filter((hop) => hop.status === 'unproven'));
  writer.heading(2, texts.unprovenTitle(open.length));
  for (const hop of open) {
    const reason = hop.reason === undefined ? '' : ` ${UNPROVEN_REASONS[language][hop.reason]}`;
    const given = hop.userGiven === true ? ` (${texts.userGiven})` : '';
    const detail = hop.detail === undefined ? '' : ` (${functionOf(hop.detail)})`;
    writer.line(`- ${hopLine(hop, language)}.${reason}${detail}${given}`);
  }
  none(writer, open.length, texts);
}

function problems(writer: ReportWriter, { language, map }: MapReportParts): void {
  if (map.problems.length > 0) {
    writer.heading(2, DOCUMENT_TEXTS[language].problemsTitle(map.problems.length));
    for (const one of map.problems) {
      writer.line(`- ${problemText(one, language).text}`);
    }
  }
}

function none(writer: ReportWriter, count: number, texts: DocumentTexts): void {
  if (count === 0) {
    writer.line(texts.nothing);
  }
}

function routeSection(writer: ReportWriter, parts: MapReportParts, route: RouteData): void {
  const { language } = parts;
  const texts = DOCUMENT_TEXTS[language];
  const hops = parts.hops.filter((hop) => hop.route === route.name);
  const proven = hops.filter((hop) => hop.status === 'proven').length;
  const title = parts.titles.get(route.name);
  writer.heading(2, `${route.name}${title === undefined ? '' : `: ${title}`}`);
  writer.line(texts.routeLine(route.stops.length, proven, hops.length)).line();
  for (const hop of hops) {
    const lines = hop.evidence.flatMap((one): Piece[] => ['  ', parts.lineLink(one)]);
    writer.line(`- ${hop.status === 'proven' ? '' : '? '}${hopLine(hop, language)}`, ...lines);
  }
}

const hopLine = ({ from, to, kind, expr }: MapHop, language: Language): string =>
  `${functionOf(from)} -> ${functionOf(to)}: ${HOP_NAMES[language][kind as HopKind] ?? kind}${expr === undefined ? '' : ` (${expr})`}`;

/** A hop that several routes take counts once. */
const distinct = (hops: readonly MapHop[]): readonly MapHop[] => [
  ...new Map(hops.map((hop) => [`${hop.from} ${hop.to} ${hop.kind} ${hop.caller ?? ''}`, hop] as const)).values(),
];

/** The function of a stage id. */
export const functionOf = (id: string): string => id.slice(id.indexOf('#') + 1);

/** `FILE FUNCTION` of a stage id. */
const nameOf = (id: string): string => id.slice(id.indexOf(':') + 1).replace('#', ' ');
