/**
 * Every command, by its id. A line here, a handler of the same name in features.ts and an entry in package.json make a
 * command; without the handler it does not compile, without the entry a test fails.
 */
export const COMMANDS = [
  'virtioTrace.trace',
  'virtioTrace.stepForward',
  'virtioTrace.stepBack',
  'virtioTrace.playPause',
  'virtioTrace.nextBoundary',
  'virtioTrace.previousBoundary',
  'virtioTrace.nextHop',
  'virtioTrace.previousHop',
  'virtioTrace.nextHazard',
  'virtioTrace.previousHazard',
  'virtioTrace.nextFound',
  'virtioTrace.previousFound',
  'virtioTrace.nextBookmark',
  'virtioTrace.previousBookmark',
  'virtioTrace.whoWoke',
  'virtioTrace.whatCaused',
  'virtioTrace.toggleFollow',
  'virtioTrace.findStage',
  'virtioTrace.bookmark',
  'virtioTrace.copyLink',
  'virtioTrace.openLink',
  'virtioTrace.compareRuns',
  'virtioTrace.compareTrees',
  'virtioTrace.traceFromHere',
  'virtioTrace.mapReport',
  'virtioTrace.checkNotes',
  'virtioTrace.explore',
  'virtioTrace.openAsText',
  'virtioTrace.copyPath',
  'virtioTrace.export',
  'virtioTrace.chooseTrees',
  'virtioTrace.switchTrees',
  'virtioTrace.getSources',
  'virtioTrace.indexWholeTree',
  'virtioTrace.showLog',
  'virtioTrace.runScenario',
  'virtioTrace.runScenarioWith',
  'virtioTrace.duplicateScenario',
  'virtioTrace.editScenario',
  'virtioTrace.reopenRun',
  'virtioTrace.removeRun',
  'virtioTrace.clearRuns',
  'virtioTrace.refreshRoutes',
  'virtioTrace.traceFromStage',
] as const;

/** Commands of C files: what they need is loaded without the rest. */
export const INTEL_COMMANDS = { 'virtioTrace.showCallers': 'callers', 'virtioTrace.showCallees': 'callees' } as const;

/** Id of a command. */
export type CommandId = (typeof COMMANDS)[number];

/**
 * What a command does. Its arguments come from menus, lenses, links and other extensions: they are checked before they are
 * used. It does not throw: a failure is shown.
 */
export type Handler = (...given: readonly unknown[]) => Promise<void>;

/** The handlers of some commands: what one feature adds. */
export type Handlers<Id extends CommandId> = Readonly<Record<Id, Handler>>;
