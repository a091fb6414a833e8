import type { Decision } from '../../shared/contract/decision.ts';
import type { GateAsk, GateReply } from '../../shared/contract/gate-ask.ts';
import type { ProjectState, Snapshot } from '../../shared/contract/state.ts';
import { VERDICTS, type ChangeType, type Verdict } from '../../shared/contract/vocabulary.ts';
import type { CommitReader } from '../projects/commit-message.ts';
import { projectsIn, touchedBy, type Concerned } from './concerned-projects.ts';
import { isDeployBranch } from './deploy-branch.ts';
import { landingChanges } from './landing-changes.ts';
import { pushWords } from './push-words.ts';

/** A project as the settings name it; `deployBranches` is null where they are not at hand. */
export interface GatedProject {
  readonly id: string;
  readonly path: string;
  readonly deployBranches: readonly string[] | null;
}

export interface PushParts {
  readonly projects: readonly GatedProject[];
  readonly snapshot: Snapshot;
  readonly reader: CommitReader;
  /** Hears of the decision that binds, so that it is kept. */
  readonly onAsked?: (project: string, change: ChangeType) => void;
}

const SILENT: GateReply = { exitCode: 0, words: '', verdict: null, decisionId: null };

/**
 * The answer to a push: the worst verdict over every project it touches, every deploy branch it goes to and every
 * change type it lands. A block stops the push; anything less lets it through with a line, unless the hook is
 * strict (6-reliability 6.1, behaviour 28).
 */
export function judgePush(ask: GateAsk, parts: PushParts): GateReply {
  const inRepository = projectsIn(ask, parts.projects);
  if (inRepository.length === 0) return unregistered(ask);
  const changes = landingChanges(ask, parts.reader);
  const found = touchedBy(inRepository, ask).flatMap((concerned) => worstOf(concerned, changes, ask, parts));
  const [worst] = found.sort((one, other) => rank(other.decision) - rank(one.decision));
  if (worst === undefined) return SILENT;
  const { decision, branch, state } = worst;
  parts.onAsked?.(decision.project, decision.change);
  const exitCode = exitCodeOf(decision.verdict, ask.strict);
  return {
    exitCode,
    words: pushWords({
      decision,
      branch,
      energy: parts.snapshot.energy,
      isStopped: exitCode !== 0,
      fixGoes: decision.change !== 'fix' && state.decisions.fix?.verdict === 'allow',
      isCounted: changes !== null,
      nameProject: inRepository.length > 1,
    }),
    verdict: decision.verdict,
    decisionId: decision.id,
  };
}

interface Found {
  readonly decision: Decision;
  readonly branch: string;
  readonly state: ProjectState;
}

function worstOf(
  { project }: Concerned<GatedProject>,
  changes: readonly ChangeType[] | null,
  ask: GateAsk,
  { snapshot }: PushParts,
): Found[] {
  const patterns = project.deployBranches;
  const branch = ask.branches.find((name) => patterns === null || isDeployBranch(name, patterns));
  const state = snapshot.projects.find(({ id }) => id === project.id);
  if (branch === undefined || state === undefined) return [];
  const decisions = (changes ?? [state.defaultChange]).flatMap((change) => state.decisions[change] ?? []);
  const [decision] = decisions.sort((one, other) => rank(other) - rank(one));
  return decision === undefined ? [] : [{ decision, branch, state }];
}

/** Of two equal verdicts, the change that reaches further is the one to speak of. */
const REACH: readonly ChangeType[] = ['revert', 'safe', 'fix', 'feature', 'experiment', 'infra'];

function rank({ verdict, change }: Decision): number {
  return VERDICTS.indexOf(verdict) * REACH.length + REACH.indexOf(change);
}

function exitCodeOf(verdict: Verdict, isStrict: boolean): GateReply['exitCode'] {
  if (verdict === 'block') return 1;
  if (!isStrict || verdict === 'allow') return 0;
  return verdict === 'throttle' ? 4 : 3;
}

function unregistered(ask: GateAsk): GateReply {
  return {
    ...SILENT,
    exitCode: ask.strict ? 3 : 0,
    words: 'orch: this repository holds no registered project, gate skipped.',
  };
}
