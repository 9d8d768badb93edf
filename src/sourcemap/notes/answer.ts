import { assertNever } from '../../base/assert.ts';
import { bindingCheck } from './binding-checks.ts';
import { callCheck } from './call-checks.ts';
import type { Check } from './check-types.ts';
import type { Answer, Desk } from './desk.ts';
import { placeCheck } from './place-checks.ts';

/** Answers a check. Of `all` a no outweighs what is not told, of `any` a yes does. */
export function answer(desk: Desk, check: Check): Answer {
  switch (check.is) {
    case 'all':
    case 'any':
      return together(
        check.is === 'any',
        check.checks.map((one) => answer(desk, one)),
      );
    case 'not':
      return opposite(answer(desk, check.check));
    case 'exists':
    case 'known':
    case 'case':
    case 'macro':
    case 'run-enters':
    case 'run-blocks':
      return placeCheck(desk, check);
    case 'calls':
    case 'calls-name':
    case 'calls-before':
    case 'case-calls':
    case 'calls-through':
    case 'guarded':
    case 'hop':
      return callCheck(desk, check);
    case 'binds':
    case 'bound':
    case 'invokes':
    case 'sets':
      return bindingCheck(desk, check);
    default:
      return assertNever(check);
  }
}

function opposite(given: Answer): Answer {
  return given.holds === undefined ? given : { ...given, holds: !given.holds };
}

/** `decisive` is the answer of a part that settles the whole. */
function together(decisive: boolean, parts: readonly Answer[]): Answer {
  const settled = parts.filter((part) => part.holds === decisive);
  const open = parts.filter((part) => part.holds === undefined);
  const holds = settled.length > 0 ? decisive : open.length > 0 ? undefined : !decisive;
  const telling = settled.length > 0 ? settled : parts;
  return {
    holds,
    evidence: telling.flatMap((part) => part.evidence),
    lacking: holds === undefined ? open.flatMap((part) => part.lacking) : [],
  };
}
