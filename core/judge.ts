import { assessProject, type ProjectAssessment } from '../shared/consciousness/assess.ts';
import type { MeasuredEvidence } from '../shared/consciousness/chosen-score.ts';
import { NO_EVIDENCE } from '../shared/consciousness/evidence.ts';
import {
  NO_MEMORY,
  stepInfrastructure,
  type InfrastructureState,
} from '../shared/consciousness/infrastructure.ts';
import { assessInfrastructure } from '../shared/consciousness/machine-assessment.ts';
import type { ProjectConfig } from '../shared/contract/config.ts';
import type { Decision } from '../shared/contract/decision.ts';
import type { EnergyState, Machine } from '../shared/contract/energy.ts';
import type { SimulateQuery, SimulateReply } from '../shared/contract/requests.ts';
import type { ProjectState, Snapshot } from '../shared/contract/state.ts';
import type { ChangeType } from '../shared/contract/vocabulary.ts';
import type { GridLimit } from '../shared/energy/grid.ts';
import { decideAll, type QuarantineFacts, type Situation } from '../shared/policy/decide.ts';
import { operatingModeFor } from '../shared/policy/operating-mode.ts';
import type { ProfileRules } from '../shared/policy/rule.ts';
import { RULES_BY_PROFILE } from '../shared/policy/rules/by-profile.ts';
import { isoNow, type Clock } from './clock.ts';
import type { Controls } from './controls.ts';
import type { ScoreDiary } from './evidence/score-diary.ts';
import { madeUpEnergy } from './made-up-energy.ts';
import { energyFacts, underGrid } from './project-energy.ts';
import type { ProjectEntry, ProjectSet } from './project-set.ts';
import { standing } from './standing.ts';

/** Steps 2 and 3 of the loop: evidence -> scores and modes -> decisions, for every project. */
export interface Judge {
  judge(energy: EnergyState, machine: Machine, sequence: number): ProjectState[];
  /** The same for made-up power; remembers nothing of it. Null when the one project asked for does not exist. */
  simulate(query: SimulateQuery, snapshot: Snapshot): SimulateReply | null;
}

export interface JudgeParts {
  readonly clock: Clock;
  readonly entries: ProjectSet['entries'];
  readonly controls: Controls;
  /** What is measured of a project besides its report, the record with it. */
  readonly measured: (entry: ProjectEntry) => MeasuredEvidence;
  readonly diary: ScoreDiary;
  /** What the grid leaves to a project; limits nothing where no grid source is set. */
  readonly gridLimit: (runsOnGrid: boolean) => GridLimit;
  /** The commit of a project that stands and was rolled back; null when there is none. */
  readonly quarantine?: (entry: ProjectEntry) => QuarantineFacts | null;
  /** Codes of rules that only say what they would have done. */
  readonly observeOnly: () => readonly string[];
}

/** How long a change of the default kind takes is not known: the reserve rules then speak for themselves. */
const EXPECTED_MINUTES = null;

export function createJudge(parts: JudgeParts): Judge {
  const { clock, entries, controls, gridLimit, observeOnly, diary, quarantine } = parts;
  let memory = NO_MEMORY;

  const assessments = (
    energy: EnergyState,
    machine: Machine,
  ): { readonly all: readonly ProjectAssessment[]; readonly infrastructure: InfrastructureState } => {
    const nowMs = clock.wallMs();
    const monotonicMs = clock.monotonicMs();
    const own = assessInfrastructure({
      energy,
      machine,
      memory,
      monotonicMs,
      halt: controls.halt('infrastructure'),
    });
    const projects = entries().map((entry) =>
      assessProject({
        project: { ...entry.project, profile: entry.profile.definition },
        evidence: entry.watch.evidence(),
        measured: parts.measured(entry),
        energy: underGrid(energy, gridLimit(entry.project.runsOnGrid)),
        machine,
        infrastructure: own.state,
        wellbeing: controls.wellbeing(),
        halt: controls.halt(entry.project.id),
        haltClearedAtMs: controls.clearedAtMs(entry.project.id),
        nowMs,
      }),
    );
    return { all: [...projects, own.assessment], infrastructure: own.state };
  };

  const decisionsOf = (
    assessment: ProjectAssessment,
    entry: ProjectEntry | undefined,
    energy: EnergyState,
    infrastructure: InfrastructureState,
    label: string,
  ): Record<ChangeType, Decision> => {
    const nowMs = clock.wallMs();
    const facts: Situation = {
      nowMs,
      project: { ...assessment, rules: rulesIn(entry) },
      energy: energyFacts(energy, nowMs),
      infrastructure,
      // Read in the same round, a moment before.
      machineAgeSeconds: 0,
      halt: controls.halt(assessment.id),
      quarantine: entry === undefined ? null : (quarantine?.(entry) ?? null),
      waivers: controls.waivers(assessment.id),
      observeOnly: observeOnly(),
      extraReasons: [],
      expectedMinutes: EXPECTED_MINUTES,
      localTime: (minutesAhead) => localTimeText(nowMs + minutesAhead * 60_000),
    };
    return decideAll(facts, { label, decidedAt: isoNow(clock) });
  };

  const entriesById = (): ReadonlyMap<string, ProjectEntry> =>
    new Map(entries().map((entry) => [entry.project.id, entry]));

  // Decision ids must differ between two runs of the core.
  const run = clock.wallMs().toString(36);

  return {
    judge(energy, machine, sequence) {
      memory = stepInfrastructure(memory, energy, clock.monotonicMs());
      for (const { project, profile, watch } of entries()) {
        controls.stepHalt(project.id, { profile: profile.definition, evidence: watch.evidence() });
      }
      controls.stepHalt('infrastructure', { profile: 'infrastructure', evidence: NO_EVIDENCE });
      const { all, infrastructure } = assessments(energy, machine);
      diary.keepOnly(all.map(({ id }) => id));
      const entryOf = entriesById();
      return all.map((assessment) => {
        const entry = entryOf.get(assessment.id);
        const rules = rulesIn(entry);
        const own = underGrid(energy, gridLimit(entry?.project.runsOnGrid ?? false));
        const decisions = decisionsOf(assessment, entry, own, infrastructure, `${run}-${sequence}`);
        return {
          ...projectState(assessment, entry?.project, decisions),
          baseProfile: rules.base,
          operatingMode: operatingModeFor(rules, own.level, infrastructure.mode),
          ...standing(controls, assessment.id),
          ...(assessment.chosen && { scoreDetails: diary.take(assessment.id, assessment.chosen) }),
        };
      });
    },
    simulate(query, snapshot) {
      const energy = madeUpEnergy(snapshot.energy, query);
      const { all, infrastructure } = assessments(energy, snapshot.machine);
      const asked = query.project === undefined ? all : all.filter(({ id }) => id === query.project);
      if (asked.length === 0) return null;
      const entryOf = entriesById();
      return {
        level: energy.level,
        why: energy.why,
        projects: asked.map((assessment) => ({
          id: assessment.id,
          decisions: decisionsOf(assessment, entryOf.get(assessment.id), energy, infrastructure, 'simulated'),
        })),
      };
    },
  };
}

/** The machine itself is of no entry. */
function rulesIn(entry: ProjectEntry | undefined): ProfileRules {
  return entry?.profile.rules ?? RULES_BY_PROFILE.infrastructure;
}

function projectState(
  assessment: ProjectAssessment,
  settings: ProjectConfig | undefined,
  decisions: Record<ChangeType, Decision>,
): Omit<ProjectState, 'operatingMode'> {
  return {
    id: assessment.id,
    path: assessment.path,
    profile: assessment.profile,
    showInTray: settings?.showInTray ?? true,
    defaultChange: settings?.defaultChange ?? 'infra',
    scores: assessment.scores,
    mode: assessment.mode,
    confidence: assessment.confidence,
    freshness: assessment.freshness,
    problem: assessment.problem,
    decisions,
  };
}

function localTimeText(wallMs: number): string {
  const at = new Date(wallMs);
  return `${String(at.getHours()).padStart(2, '0')}:${String(at.getMinutes()).padStart(2, '0')}`;
}
