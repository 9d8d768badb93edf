import { deflate, fromBase64, inflateUpTo, toBase64 } from '../base/base64.ts';
import { utf8 } from '../base/bytes.ts';
import { err, ok, type Result } from '../base/result.ts';
import { NAMED } from '../scenarios/named.ts';
import { parseScenarioText } from '../scenarios/parse.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import type { Session } from './session.ts';
import { ENTER } from './step-table.ts';

/** A moment of a run, as a link tells it. Whoever opens it runs the scenario again, with everything outside emulated. */
export interface MomentLink {
  readonly scenario: Scenario;
  readonly event: number;
  /** Fingerprint of the trace in which `event` was meant (`traceHash`). */
  readonly hash: string;
  /** Id of the stage that was shown: where a run with another fingerprint is searched for. */
  readonly stage: string;
}

/** Why a link is refused, as a closed set: the sentence stands in `texts`. */
export const LINK_FAULTS = [
  'too-long',
  'unknown-part',
  'no-scenario',
  'unknown-scenario',
  'unreadable-scenario',
  'wrong-scenario',
  'wrong-seed',
  'wrong-event',
  'wrong-hash',
  'wrong-stage',
] as const;

/** Why a link is refused. */
export type LinkFault = (typeof LINK_FAULTS)[number];

/** Bounds of a link. */
export const LINK_LIMITS = {
  /** Characters of a whole query. */
  query: 10_000,
  /** Characters of a compressed scenario in base64url: 8 kB. */
  scenario: 8192,
  /** Bytes of a scenario's JSON; a link that unpacks to more is refused, however little it holds. */
  json: 262_144,
  stage: 300,
} as const;

const PARTS = ['scenario', 'json', 'seed', 'event', 'hash', 'stage'];
const MOST = 0xffffffff;

/** The query of a link; undefined where the scenario is too long for one. */
export async function linkQuery({ scenario, event, hash, stage }: MomentLink): Promise<string | undefined> {
  const seed = scenario.machine.seed;
  const named = NAMED.get(scenario.name);
  const isNamed = named !== undefined && JSON.stringify(withSeed(named, seed)) === JSON.stringify(scenario);
  const packed = isNamed ? scenario.name : urlSafe(toBase64(await deflate(bytesOfText(JSON.stringify(scenario)))));
  if (!isNamed && packed.length > LINK_LIMITS.scenario) {
    return undefined;
  }
  const parts = [isNamed ? 'scenario' : 'json', packed, 'seed', seed, 'event', event, 'hash', hash, 'stage', stage];
  return parts
    .map((part, at) => `${at % 2 === 0 ? `&${part}=` : encodeURIComponent(part)}`)
    .join('')
    .slice(1);
}

/** The moment that a link's query means, whoever wrote it. */
export async function parseLink(query: string): Promise<Result<MomentLink, LinkFault>> {
  if (query.length > LINK_LIMITS.query) {
    return err('too-long');
  }
  const parts = new URLSearchParams(query);
  const names = [...parts.keys()];
  if (names.some((name) => !PARTS.includes(name)) || new Set(names).size !== names.length) {
    return err('unknown-part');
  }
  const event = numberIn(parts, 'event');
  const hash = parts.get('hash') ?? '';
  const stage = parts.get('stage') ?? '';
  if (event === undefined) {
    return err('wrong-event');
  }
  if (!/^[0-9a-f]{16}$/.test(hash)) {
    return err('wrong-hash');
  }
  // An id may hold nothing that a name of a file or a function does not.
  if (stage.length > LINK_LIMITS.stage || !/^[\w.:/#()*,+ -]*$/.test(stage)) {
    return err('wrong-stage');
  }
  const scenario = await scenarioIn(parts);
  return scenario.ok ? ok({ scenario: scenario.value, event, hash, stage }) : scenario;
}

async function scenarioIn(parts: URLSearchParams): Promise<Result<Scenario, LinkFault>> {
  const seed = parts.has('seed') ? numberIn(parts, 'seed') : 0;
  const [name, json] = [parts.get('scenario'), parts.get('json')];
  if (seed === undefined) {
    return err('wrong-seed');
  }
  if ((name === null) === (json === null)) {
    return err('no-scenario');
  }
  if (json !== null) {
    const unpacked = await unpack(json);
    return unpacked.ok ? ok(withSeed(unpacked.value, seed)) : unpacked;
  }
  const named = NAMED.get(name ?? '');
  return named === undefined ? err('unknown-scenario') : ok(withSeed(named, seed));
}

async function unpack(text: string): Promise<Result<Scenario, LinkFault>> {
  if (text.length > LINK_LIMITS.scenario) {
    return err('too-long');
  }
  const json = /^[A-Za-z0-9_-]+$/.test(text) ? await inflated(text) : undefined;
  if (json === undefined) {
    return err('unreadable-scenario');
  }
  const scenario = parseScenarioText(json);
  return scenario.ok ? ok(scenario.value) : err('wrong-scenario');
}

/** The text behind base64url and deflate; undefined where it is none, or more than a scenario may be. */
async function inflated(text: string): Promise<string | undefined> {
  try {
    const bytes = await inflateUpTo(fromBase64(text.replaceAll('-', '+').replaceAll('_', '/')), LINK_LIMITS.json);
    return bytes === undefined ? undefined : new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** The same object where the seed is its own already. */
const withSeed = (scenario: Scenario, seed: number): Scenario =>
  scenario.machine.seed === seed ? scenario : { ...scenario, machine: { ...scenario.machine, seed } };

const urlSafe = (base64: string): string => base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

const bytesOfText = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(utf8(text));

function numberIn(parts: URLSearchParams, name: string): number | undefined {
  const text = parts.get(name) ?? '';
  const value = /^\d{1,10}$/.test(text) ? Number(text) : MOST + 1;
  return value <= MOST ? value : undefined;
}

/** Where a link leads in a session: its event where the run is the same, else the entry of the same stage that lies nearest. */
export function linkedEvent(session: Session, link: MomentLink, hash: string): number {
  if (hash === link.hash) {
    return link.event;
  }
  const { steps } = session;
  const { trace } = session.parts;
  const wanted = trace.stages.findIndex(({ id }) => id === link.stage);
  let nearest: number | undefined;
  for (let step = 0; step < steps.length && wanted >= 0; step++) {
    const seq = steps.seq[step] ?? 0;
    const isStage = steps.stage[step] === wanted && steps.kind[step] === ENTER;
    if (isStage && (nearest === undefined || Math.abs(seq - link.event) < Math.abs(nearest - link.event))) {
      nearest = seq;
    }
  }
  return nearest ?? link.event;
}
