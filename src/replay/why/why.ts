import type { WhyReason, WhyView } from '../../protocol/inspect.ts';
import { INSPECT_LIMITS } from '../../protocol/inspect.ts';
import { NAMED } from '../../scenarios/named.ts';
import { BRANCH_TEXTS } from '../../texts/why/branches.ts';
import { WHY } from '../../texts/why.ts';
import { inspectorOf } from '../inspect/inspector.ts';
import type { Session } from '../session.ts';
import { BRANCHES, type Branch } from './branches.ts';
import { Scene } from './scene.ts';

/** Why a stage is there, and what chose the way to it: told from the state just after event `at`. */
export function whyOf(session: Session, from: number, at: number, stage: number): WhyView {
  const { language, trace } = session.parts;
  const id = trace.stages[stage]?.id ?? '';
  const branches = BRANCHES.get(id) ?? [];
  const scene = branches.length === 0 ? undefined : new Scene(inspectorOf(session).lens(from, at), at);
  return {
    stage,
    text: WHY[id]?.[language] ?? '',
    reasons: scene === undefined ? [] : branches.filter(({ holds }) => holds(scene)).map((one) => told(scene, one)),
  };
}

function told(scene: Scene, { name, decides, scenario }: Branch): WhyReason {
  const { language } = scene.lens;
  const { because, otherwise } = BRANCH_TEXTS[name];
  return {
    because: because[language],
    fields: decides(scene).slice(0, INSPECT_LIMITS.functions),
    otherwise: otherwise[language],
    scenario,
    title: NAMED.get(scenario)?.title[language] ?? '',
  };
}
