import * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable.ts';
import { NAMED } from '../../scenarios/named.ts';
import type { StageRef } from '../../sourcemap/map-types.ts';
import type { HeadMap } from '../../sourcemap/path/head-map.ts';
import { refOfHop } from '../../sourcemap/path/hop-ref.ts';
import type { RouteIndex } from '../../sourcemap/path/route-index.ts';
import type { RouteData, RouteHazard, RouteHop, RouteStop } from '../../sourcemap/path/route-types.ts';
import type { MapHop } from '../../sourcemap/query/map-edges.ts';
import { HAZARD_KIND_NAMES, hazardText } from '../../texts/events.ts';
import { PLACE_REASONS, UNPROVEN_REASONS } from '../../texts/reasons.ts';
import { SOURCE_TEXTS } from '../../texts/sources.ts';
import { VIEW_TEXTS } from '../../texts/views.ts';
import { HOP_NAMES, PROGRAM_NAMES } from '../../texts/words.ts';
import type { Program } from '../../trace/kinds.ts';
import type { App } from '../app.ts';
import { type LinkPlace, openCommand, Places } from '../places.ts';
import { hopKey, type MappedRoutes, type RouteMap } from '../route-map.ts';
import { plainTip, type TreeSource, treeItem } from './lazy-tree.ts';

/** A row of the Routes view. */
export type RouteNode =
  | { readonly is: 'route'; readonly route: RouteData }
  | { readonly is: 'leg'; readonly route: RouteData; readonly from: number; readonly to: number }
  | { readonly is: 'stage'; readonly route: RouteData; readonly stop: RouteStop; readonly number: number }
  | { readonly is: 'hop'; readonly route: RouteData; readonly hop: RouteHop }
  | { readonly is: 'hazard'; readonly hazard: RouteHazard }
  | { readonly is: 'evidence'; readonly evidence: MapHop['evidence'][number] };

const { Collapsed, None } = vscode.TreeItemCollapsibleState;

const COLOURS: Readonly<Record<Program, string>> = {
  'guest-user': 'virtioTrace.guestUser',
  'guest-kernel': 'virtioTrace.guest',
  hypervisor: 'virtioTrace.hypervisor',
  'service-vm-kernel': 'virtioTrace.serviceVm',
  'device-model': 'virtioTrace.deviceModel',
};

/** What the view shows. */
export interface RoutesViewParts {
  readonly app: App;
  readonly routes: RouteIndex;
  readonly map: RouteMap;
  readonly head: HeadMap | undefined;
  /** Asks for the map with progress in the view. */
  readonly wantMap: () => void;
}

/** Routes, their programs in the order in which control passes them, stages, hops with their proof, and hazards. */
export class RoutesView implements TreeSource<RouteNode>, Disposable {
  readonly #parts: RoutesViewParts;
  readonly #changed = new vscode.EventEmitter<RouteNode | undefined>();
  readonly #mapped: vscode.Disposable;
  readonly onDidChange = this.#changed.event;

  constructor(parts: RoutesViewParts) {
    this.#parts = parts;
    this.#mapped = parts.map.onDidChange(() => this.#changed.fire(undefined));
  }

  children(node: RouteNode | undefined): readonly RouteNode[] {
    const { routes, map, wantMap } = this.#parts;
    if (node === undefined) {
      return routes.file.routes.map((route) => ({ is: 'route', route }));
    }
    if (map.current === undefined) {
      wantMap();
    }
    switch (node.is) {
      case 'route':
        return legsOf(routes, node.route);
      case 'leg':
        return node.route.stops
          .slice(node.from, node.to)
          .map((stop, at) => ({ is: 'stage', route: node.route, stop, number: node.from + at + 1 }));
      case 'stage':
        return this.#insideStage(node.route, node.stop);
      case 'hop':
        return this.#proofOf(node.route, node.hop)?.evidence.map((evidence) => ({ is: 'evidence', evidence })) ?? [];
      default:
        return [];
    }
  }

  item(node: RouteNode): vscode.TreeItem {
    switch (node.is) {
      case 'route':
        return this.#route(node.route);
      case 'leg':
        return this.#leg(node);
      case 'stage':
        return this.#stage(node);
      case 'hop':
        return this.#hop(node.route, node.hop);
      case 'hazard':
        return this.#hazard(node.hazard);
      case 'evidence':
        return this.#evidence(node.evidence);
    }
  }

  /** Stage and route of a stage's row. */
  named(given: unknown): { readonly stage: string; readonly route: string } | undefined {
    const { is, route, stop } = (given ?? {}) as Partial<Extract<RouteNode, { is: 'stage' }>>;
    const stage = is === 'stage' && stop !== undefined ? this.#parts.routes.stage(stop.stage) : undefined;
    return stage && route && { stage: stage.id, route: route.name };
  }

  dispose(): void {
    this.#mapped.dispose();
    this.#changed.dispose();
  }

  #insideStage(route: RouteData, { stage }: RouteStop): readonly RouteNode[] {
    const hops = route.hops.filter((hop) => hop.from === stage).map((hop): RouteNode => ({ is: 'hop', route, hop }));
    const hazards = this.#parts.routes.hazards(stage).map((hazard): RouteNode => ({ is: 'hazard', hazard }));
    return [...hazards, ...hops];
  }

  #route(route: RouteData): vscode.TreeItem {
    const { language } = this.#parts.app;
    const texts = VIEW_TEXTS[language];
    const scenario = NAMED.get(route.name);
    const title = scenario?.title[language] ?? '';
    const proven = this.#provenOn(route);
    const item = treeItem(route.name, [route.name, title, proven ?? ''].join(', '), Collapsed);
    item.description = proven === undefined ? title : `${title} · ${proven}`;
    item.tooltip = plainTip(
      ...texts.routeTip(title, scenario?.summary[language] ?? '', route.stops.length, route.hops.length).split('\n\n'),
    );
    item.iconPath = new vscode.ThemeIcon('git-commit');
    item.contextValue = 'route';
    return item;
  }

  #provenOn(route: RouteData): string | undefined {
    const mapped = this.#parts.map.current;
    const proofs = mapped && route.hops.map((hop) => this.#proofIn(mapped, route, hop)?.status === 'proven');
    return proofs && VIEW_TEXTS[this.#parts.app.language].provenOf(proofs.filter(Boolean).length, proofs.length);
  }

  #leg({ route, from, to }: Extract<RouteNode, { is: 'leg' }>): vscode.TreeItem {
    const { language } = this.#parts.app;
    const texts = VIEW_TEXTS[language];
    const program = this.#parts.routes.stage(route.stops[from]?.stage ?? -1)?.program ?? 'guest-user';
    const name = PROGRAM_NAMES[language][program];
    const item = treeItem(name, texts.legLabel(name, from + 1, to), Collapsed);
    item.description = from + 1 === to ? String(to) : `${from + 1}–${to}`;
    item.tooltip = texts.legLabel(name, from + 1, to);
    item.iconPath = new vscode.ThemeIcon('circle-filled', new vscode.ThemeColor(COLOURS[program]));
    item.contextValue = 'leg';
    return item;
  }

  #stage({ route, stop, number }: Extract<RouteNode, { is: 'stage' }>): vscode.TreeItem {
    const { app, routes, map } = this.#parts;
    const texts = VIEW_TEXTS[app.language];
    const stage = routes.stage(stop.stage);
    const program = stage?.program ?? 'guest-user';
    const place = stage && map.current?.places.get(stage.id);
    const link = stage && this.#placeOfStage(stage);
    const own = place?.line === undefined ? '' : `${place.file}:${place.line}`;
    const where = link?.web === undefined ? own : `${link.web.at} · ${SOURCE_TEXTS[app.language].notYourTree}`;
    const inside = this.#insideStage(route, stop);
    const name = stage?.function ?? '';
    const item = treeItem(
      `${number} ${name}`,
      texts.stageName(number, name, PROGRAM_NAMES[app.language][program], where === '' ? texts.notMapped : where),
      inside.length === 0 ? None : Collapsed,
    );
    const lost = place !== undefined && place.line === undefined && link?.web === undefined;
    item.description = lost ? texts.nowhere : where;
    const reason = place?.reason === undefined ? '' : PLACE_REASONS[app.language][place.reason];
    const web = link?.web === undefined ? '' : SOURCE_TEXTS[app.language].webTip(link.web.version);
    item.tooltip = plainTip(`${stage?.file ?? ''} ${name}`.trim(), reason, web, texts.entered(stop.entries));
    item.iconPath = new vscode.ThemeIcon(iconOfStage(routes, stop, lost), new vscode.ThemeColor(COLOURS[program]));
    item.contextValue = stage?.tree === undefined ? 'process' : 'stage';
    if (link !== undefined) {
      item.command = openCommand(link, texts.openPlace);
    }
    return item;
  }

  #hop(route: RouteData, hop: RouteHop): vscode.TreeItem {
    const { app, routes, map } = this.#parts;
    const texts = VIEW_TEXTS[app.language];
    const to = routes.stage(hop.to)?.function ?? '';
    const kind = HOP_NAMES[app.language][hop.kind];
    const proof = this.#proofOf(route, hop);
    const state = map.current === undefined ? texts.notMapped : this.#stateOf(proof);
    const label = texts.hopOut(kind, to);
    const lines = proof?.evidence.length ?? 0;
    const item = treeItem(label, `${label}, ${state}`, lines === 0 ? None : Collapsed);
    item.description = state;
    item.tooltip = plainTip(hop.expr === '' ? label : `${label} (${hop.expr})`, state);
    item.iconPath = iconOfProof(proof);
    item.contextValue = 'hop';
    return item;
  }

  #stateOf(proof: MapHop | undefined): string {
    const { language } = this.#parts.app;
    const texts = VIEW_TEXTS[language];
    const given = proof?.userGiven === true ? ` · ${texts.userGiven}` : '';
    const reason = proof?.reason === undefined ? '' : UNPROVEN_REASONS[language][proof.reason];
    return `${proof?.status === 'proven' ? texts.proven(proof.evidence.length) : texts.unproven(reason)}${given}`;
  }

  #hazard({ code, scenarios }: RouteHazard): vscode.TreeItem {
    const { language } = this.#parts.app;
    const words = hazardText(code, {}, language);
    const label = words === undefined ? code : HAZARD_KIND_NAMES[language][words.kind];
    const item = treeItem(label, `${label}: ${words?.happens ?? code}`);
    item.description = code;
    item.tooltip = plainTip(
      words?.happens ?? code,
      words?.avoid ?? '',
      VIEW_TEXTS[language].hazardShownBy(scenarios.join(', ')),
    );
    item.iconPath = new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
    item.contextValue = 'hazard';
    return item;
  }

  #evidence(evidence: MapHop['evidence'][number]): vscode.TreeItem {
    const { language } = this.#parts.app;
    const where = `${evidence.file}:${evidence.line}`;
    const role = VIEW_TEXTS[language].roles[evidence.role] ?? evidence.role;
    const item = treeItem(where, `${where}, ${role} ${evidence.shows}`);
    item.description = `${role}: ${evidence.shows}`;
    item.iconPath = new vscode.ThemeIcon('quote');
    const mapped = this.#parts.map.current;
    const tree = evidence.tree === 'linux' ? 'guestLinux' : evidence.tree;
    const place = mapped && this.#places(mapped).line(tree, evidence.file, evidence.line);
    if (place !== undefined) {
      item.command = openCommand(place, VIEW_TEXTS[language].openPlace);
    }
    return item;
  }

  #placeOfStage(stage: StageRef): LinkPlace | undefined {
    const mapped = this.#parts.map.current;
    return mapped === undefined || stage.tree === undefined
      ? undefined
      : this.#places(mapped).stage(stage.id, mapped.places.get(stage.id));
  }

  #places(mapped: MappedRoutes): Places {
    return new Places(mapped.map.trees, mapped.found, this.#parts.head);
  }

  #proofOf(route: RouteData, hop: RouteHop): MapHop | undefined {
    const mapped = this.#parts.map.current;
    return mapped && this.#proofIn(mapped, route, hop);
  }

  #proofIn(mapped: MappedRoutes, route: RouteData, hop: RouteHop): MapHop | undefined {
    return mapped.hops.get(hopKey(refOfHop(this.#parts.routes.file, route.name, hop)));
  }
}

/** Stages that follow each other in one program, in the order of the route. */
export function legsOf(routes: RouteIndex, route: RouteData): readonly Extract<RouteNode, { is: 'leg' }>[] {
  const programAt = (at: number): Program | undefined => routes.stage(route.stops[at]?.stage ?? -1)?.program;
  const starts = route.stops.flatMap((_, at) => (at === 0 || programAt(at) !== programAt(at - 1) ? [at] : []));
  return starts.map((from, leg) => ({ is: 'leg', route, from, to: starts[leg + 1] ?? route.stops.length }));
}

function iconOfStage(routes: RouteIndex, stop: RouteStop, lost: boolean): string {
  return lost ? 'circle-slash' : routes.hazards(stop.stage).length > 0 ? 'warning' : 'symbol-method';
}

function iconOfProof(proof: MapHop | undefined): vscode.ThemeIcon {
  if (proof === undefined) {
    return new vscode.ThemeIcon('circle-outline');
  }
  return proof.status === 'proven'
    ? new vscode.ThemeIcon('pass', new vscode.ThemeColor('testing.iconPassed'))
    : new vscode.ThemeIcon('question', new vscode.ThemeColor('list.warningForeground'));
}
