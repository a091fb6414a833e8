import type { Machine } from '../contract/energy.ts';
import type { EnergyLevel } from '../contract/vocabulary.ts';
import { confidenceOf } from './confidence.ts';
import type { Halt } from './halt.ts';
import {
  infrastructureState,
  type InfrastructureMemory,
  type InfrastructureState,
  type PowerFacts,
} from './infrastructure.ts';
import { BUILT_IN_PROFILES, type ProfileDefinition } from './profile-definition.ts';
import type { ProjectAssessment, Scores } from './project-assessment.ts';

/** The machine itself: always there, judged by what is read from it now. */
export function assessInfrastructure(input: {
  readonly energy: PowerFacts;
  readonly machine: Machine | null;
  readonly memory: InfrastructureMemory;
  readonly monotonicMs: number;
  /** A HALT of the machine itself; null or absent when none stands. */
  readonly halt?: Halt | null;
}): { readonly assessment: ProjectAssessment; readonly state: InfrastructureState } {
  const state = infrastructureState(input.energy, input.machine, input.memory, input.monotonicMs);
  const project = { id: 'infrastructure', path: null, profile: BUILT_IN_PROFILES.infrastructure };
  const own = machineAssessment(project, state, input.energy);
  const halt = input.halt ?? null;
  return { assessment: halt === null ? own : { ...own, mode: 'HALT', modeWhy: halt.why }, state };
}

/** Anything that is judged by this machine. */
export function machineAssessment(
  project: { readonly id: string; readonly path: string | null; readonly profile: ProfileDefinition },
  state: InfrastructureState,
  energy: { readonly level: EnergyLevel; readonly levelValue: number | null },
): ProjectAssessment {
  const scores: Scores = {
    power_available: energy.levelValue,
    cooling_status: state.coolingStatus,
    network_status: state.networkStatus,
  };
  return {
    id: project.id,
    path: project.path,
    profile: project.profile.name,
    scores,
    mode: state.mode,
    modeWhy: state.weakestLink,
    heldBy: null,
    confidence: confidenceOf(project.profile, scores, {}, null),
    freshness: energy.level === 'UNKNOWN' ? 'stale' : 'fresh',
    problem: energy.level === 'UNKNOWN' ? 'power cannot be read' : null,
    reportAgeSeconds: null,
  };
}
