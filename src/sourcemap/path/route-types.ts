import type { Route } from '../../scenarios/scenario.ts';
import type { HopKind, Phase, Program } from '../../trace/kinds.ts';
import type { StageRef } from '../map-types.ts';

/**
 * The routes as runs of their named scenarios took them, so that an editor can speak of them without running anything.
 * Made by the build (`scripts/routes.mjs`), never by hand. Stages are indices into `stages`.
 */
export interface RouteFile {
  readonly format: 1;
  readonly stages: readonly StageRef[];
  readonly routes: readonly RouteData[];
  /** Every hazard that a named scenario shows, by stage. */
  readonly hazards: readonly RouteHazard[];
}

/** One route. */
export interface RouteData {
  readonly name: Route;
  /** The part of the run in which the route is taken. */
  readonly phase: Phase;
  readonly contexts: readonly RouteContext[];
  /** How control came to the stages; `from` leads back to the route's beginning. */
  readonly arrivals: readonly RouteArrival[];
  /** The stages in the order in which the run first enters them: number 1 stands first. */
  readonly stops: readonly RouteStop[];
  /** Each way from stage to stage once, in the order in which they are first taken. */
  readonly hops: readonly RouteHop[];
  /** Arrival of the stage out of which the first bytes left; -1 where none do. */
  readonly output: number;
}

/** An execution context of a route. */
export interface RouteContext {
  readonly program: Program;
  readonly name: string;
}

/** How control came to a stage: entered, woken, or gone on after a call in which it had waited. */
export interface RouteArrival {
  readonly stage: number;
  readonly context: number;
  readonly kind: HopKind;
  readonly expr: string;
  /** Index into `arrivals`, -1 at the route's beginning. */
  readonly from: number;
}

/** A stage of a route, at its first entry. */
export interface RouteStop {
  readonly stage: number;
  readonly arrival: number;
  /** How often the run enters it. */
  readonly entries: number;
  /** Hop by which it is first reached, index into `hops`; -1 where nothing led here. */
  readonly reached: number;
  /** First hop out of it, index into `hops`: a call that it makes, else the next call of its caller; -1 where it ends. */
  readonly next: number;
}

/** A way from one stage to the next; see `HopRef`. */
export interface RouteHop {
  readonly from: number;
  readonly to: number;
  readonly kind: HopKind;
  /** Stage that makes the call, where that is not `from`; else -1. */
  readonly caller: number;
  readonly expr: string;
}

/** A point where the real code misbehaves, with the named scenarios that show it. */
export interface RouteHazard {
  readonly code: string;
  readonly stage: number;
  readonly scenarios: readonly string[];
}
