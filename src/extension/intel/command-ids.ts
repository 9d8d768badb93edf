/** Goes to a stage in the trees in use; its argument is the stage's id. */
export const GO_TO_STAGE = 'virtioTrace.goToStage';
/** Replays a route from a stage: `{route, stage}`. */
export const TRACE_FROM_HERE = 'virtioTrace.traceFromHere';
/** Runs a named scenario; its argument is the name. */
export const RUN_SCENARIO = 'virtioTrace.runScenario';
/** What every lens does: `LensCall`. Links and lenses alone run it, so it stands in no menu. */
export const LENS_COMMAND = 'virtioTrace.lens';
/** Shows lines in the editor's own peek. */
export const PEEK_EVIDENCE = 'virtioTrace.peekEvidence';
