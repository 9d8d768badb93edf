import type { Place } from '../link-types.ts';
import type { Program, Site } from './program.ts';
import { substitute } from './types.ts';

/** Expressions as they stand, or as one invocation of the macro in whose body they stand makes them. */
export interface Instance {
  readonly texts: readonly string[];
  readonly site: Site;
  /** The line itself, then the invocations that lead to it. */
  readonly places: readonly Place[];
}

/** How deep macros that invoke macros are followed. */
const MACRO_DEPTH = 3;
/** Invocations of one macro that are looked at: some have tens of thousands. */
const MAX_INVOCATIONS = 2000;

/** What an expression in a macro's body means is said where the macro is invoked: one instance for each such place. */
export function expandMacro(program: Program, instance: Instance, depth = MACRO_DEPTH): readonly Instance[] {
  const macro = program.functionAt(instance.site);
  if (macro?.fact.origin !== 'function-like-macro' || depth === 0) {
    return [instance];
  }
  const params = macro.fact.params.map((param) => param.name);
  const calls = program.callsNamed(macro.fact.name).slice(0, MAX_INVOCATIONS);
  return calls.flatMap(({ file, fact }) => {
    const site = { file, inFunction: fact.inFunction, macro: instance.site };
    const places = [...instance.places, { file, line: fact.line }];
    const texts = instance.texts.map((text) => substitute(text, params, fact.args));
    return expandMacro(program, { texts, site, places }, depth - 1);
  });
}
