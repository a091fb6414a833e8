import { assessProject, type ProjectAssessment } from '../../shared/consciousness/assess.ts';
import type { ChosenScores } from '../../shared/consciousness/chosen-score.ts';
import type { ParsedReport } from '../../shared/consciousness/evidence.ts';
import { isMadeOf } from '../../shared/consciousness/profile-definition.ts';
import { revertMeasurement, type RecordFacts } from '../../shared/consciousness/stability.ts';
import type { ProjectConfig } from '../../shared/contract/config.ts';
import type { ProfilesConfig } from '../../shared/contract/profile-config.ts';
import type { Clock } from '../clock.ts';
import type { GetSmall } from '../energy/network-request.ts';
import { profileNames, projectProfile, type ProjectProfile } from '../project-profile.ts';
import { headCommit } from '../projects/head-commit.ts';
import { reportExpectation, type ReportExpectation } from '../projects/report-expectation.ts';
import { readReportFile } from '../projects/report-file.ts';
import { createEvidenceGatherer } from './gatherer.ts';
import { countReverts } from './git-reverts.ts';

export interface GuardParts {
  /** The profile is null where neither settings nor a person say it: the report does, or it is business. */
  readonly project: Pick<ProjectConfig, 'id' | 'path' | 'report' | 'evidence'> & {
    readonly profile: ProjectConfig['profile'] | null;
  };
  /** Profiles of the settings; none when absent. */
  readonly profiles?: ProfilesConfig;
  /** What the app recorded of it; null where no record is at hand. */
  readonly record: RecordFacts | null;
  readonly clock: Clock;
  readonly getSmall: GetSmall;
}

export interface Guarded {
  readonly assessment: ProjectAssessment;
  readonly profile: ProjectProfile;
  readonly chosen: ChosenScores;
  readonly commit: string | null;
  /** The report as it was; null where there was none to use. */
  readonly report: ParsedReport | null;
  /** Who said HALT in the report, when it was not this guard by the scores. */
  readonly haltStatedBy: string | null;
  readonly isRecordCounted: boolean;
  readonly nowMs: number;
}

/** How a report of ours begins its `generator`. */
export const GUARD_NAME = 'orch guard';

/**
 * Evaluates one project now, without a core: what can be measured is measured, the rest is taken from the report
 * that is there. Waits for every source, each within its own limit. Never throws for what it finds; a RangeError for a
 * profile that is none.
 */
export async function guardProject(parts: GuardParts): Promise<Guarded> {
  const { project, record, clock, getSmall } = parts;
  const profiles = parts.profiles ?? {};
  const [reading, commit] = await Promise.all([
    readReportFile(
      { dir: project.path, file: project.report },
      clock,
      expectation(project.profile, profiles),
    ),
    headCommit(project.path),
  ]);
  const report = reading.kind === 'report' ? reading.report : null;
  const profile = projectProfile(project.profile ?? report?.profile ?? 'business', profiles);
  const { definition } = profile;
  const gatherer = createEvidenceGatherer({
    project: { ...project, profile: definition },
    clock,
    getSmall,
    onChange: () => undefined,
  });
  await gatherer.gather();
  const { measurements, problems } = gatherer.measured();
  gatherer.close();
  const nowMs = clock.wallMs();
  const reverts =
    record === null && isMadeOf(definition, ['rollbacks']) ? await countReverts(project.path, nowMs) : null;
  const withGit = reverts === null ? {} : { rollbacks: revertMeasurement(reverts, nowMs) };
  const haltStatedBy = statedHalt(report);
  const assessment = assessProject({
    project: { id: project.id, path: project.path, profile: definition },
    evidence: {
      folder: 'present',
      report: withoutOwnMode(report, haltStatedBy),
      isLastGood: false,
      problem: reading.kind === 'problem' ? reading.problem : null,
      headCommit: commit,
    },
    measured: { measurements: { ...measurements, ...withGit }, record, problems },
    prefer: 'measured',
    // The machine's power and load are the core's to judge, when the report is used.
    energy: { level: 'UNKNOWN', levelValue: null },
    machine: null,
    infrastructure: { mode: 'NORMAL', weakestLink: null, coolingStatus: null, networkStatus: null },
    wellbeing: null,
    halt: null,
    haltClearedAtMs: null,
    nowMs,
  });
  return {
    assessment,
    profile,
    chosen: assessment.chosen ?? {},
    commit,
    report,
    haltStatedBy,
    isRecordCounted: record !== null,
    nowMs,
  };
}

/** Where the report says the profile, its own scores are known only once it is read. */
function expectation(profile: string | null, profiles: ProfilesConfig): ReportExpectation {
  const names = profileNames(profiles);
  const known = (profile === null ? names : [profile]).map(
    (name) => projectProfile(name, profiles).definition,
  );
  const scores = known.flatMap((definition) => reportExpectation(definition, names).scores);
  return { profiles: names, scores: [...new Set(scores)] };
}

/** A HALT that this guard wrote because of scores is judged anew; anyone else's word stands until they take it back. */
function statedHalt(report: ParsedReport | null): string | null {
  if (report === null || report.mode !== 'HALT') return null;
  const { generator } = report;
  if (generator?.startsWith(GUARD_NAME) !== true) return generator ?? 'the report';
  const { evidence } = report.fields;
  const kept =
    typeof evidence === 'object' && evidence !== null
      ? (evidence as Record<string, unknown>)['haltStatedBy']
      : undefined;
  return typeof kept === 'string' ? kept : null;
}

function withoutOwnMode(report: ParsedReport | null, haltStatedBy: string | null): ParsedReport | null {
  const isOwn = report?.generator?.startsWith(GUARD_NAME) === true;
  return report === null || !isOwn || haltStatedBy !== null ? report : { ...report, mode: null };
}
