import * as v from 'valibot';
import { type Problem, problem } from '../base/problem.ts';
import { err, ok, type Result } from '../base/result.ts';
import { isGuestAction, type Scenario } from './scenario.ts';
import { LIMITS, type ParsedFile, SCENARIO_SCHEMA } from './schema.ts';

/** Default messages of the library start so; ours only name what is allowed. */
const DEFAULT_MESSAGE = /^Invalid /;

type Issue = v.InferIssue<typeof SCENARIO_SCHEMA>;

/** JSON pointer (RFC 6901) of the place that an issue is about. */
const pointerOf = (issue: Issue): string =>
  `/${(issue.path ?? []).map((item) => String(item.key).replaceAll('~', '~0').replaceAll('/', '~1')).join('/')}`;

function allowedOf(issue: Issue): string {
  const own = !DEFAULT_MESSAGE.test(issue.message);
  // An object whose key is missing names the key; everything else of ours is what is allowed.
  return own && (issue.kind === 'validation' || issue.expected === 'never' || issue.type === 'number')
    ? issue.message
    : (issue.expected ?? issue.message);
}

function problemOf(issue: Issue): Problem {
  const found = issue.received === 'undefined' ? '' : issue.received;
  return problem('bad-scenario', { path: pointerOf(issue), found, allowed: allowedOf(issue) });
}

/** What one field must be because of others. */
function crossed({ machine, actions }: ParsedFile): Problem | undefined {
  const { vcpus = 1 } = machine;
  let acts = 0;
  for (const [at, action] of actions.entries()) {
    if (!isGuestAction(action)) {
      continue;
    }
    if (action.vcpu >= vcpus) {
      const path = `/actions/${at}/vcpu`;
      return problem('bad-scenario', { path, found: String(action.vcpu), allowed: `0..${vcpus - 1}` });
    }
    acts += action.do === 'write' ? (action.times ?? 1) : 1;
  }
  return acts > LIMITS.acts
    ? problem('bad-scenario', { path: '/actions', found: String(acts), allowed: `<=${LIMITS.acts}` })
    : undefined;
}

function complete(file: ParsedFile): Scenario {
  const { $schema: _, title, summary, ...rest } = file;
  const named = { en: file.name, 'zh-cn': file.name };
  return { ...rest, title: title ?? named, summary: summary ?? named };
}

/**
 * A scenario from what a file holds, with every default filled in; `bad-scenario` with the JSON pointer of the first wrong
 * place and what is allowed there.
 */
export function parseScenario(value: unknown): Result<Scenario, Problem> {
  const parsed = v.safeParse(SCENARIO_SCHEMA, value, { abortEarly: true });
  if (!parsed.success) {
    return err(problemOf(parsed.issues[0]));
  }
  const wrong = crossed(parsed.output);
  return wrong === undefined ? ok(complete(parsed.output)) : err(wrong);
}

/** The same from a file's text. */
export function parseScenarioText(text: string): Result<Scenario, Problem> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    return err(problem('bad-scenario', { path: '/', found, allowed: 'JSON' }));
  }
  return parseScenario(value);
}
