import { withoutPrivateScores } from '../../shared/consciousness/privacy.ts';
import type { ProjectState } from '../../shared/contract/state.ts';
import { CHANGE_TYPES } from '../../shared/contract/vocabulary.ts';
import { MOST_PROJECTS } from './labels.ts';
import type { MetricFacts } from './metric-facts.ts';
import { gauge, counter, sample, type Metric, type Sample } from './metric.ts';
import type { EvidenceName } from './project-evidence.ts';

/** Scores of one profile that may leave this machine. */
const MOST_SCORES = 4;

/** Verdicts, modes, scores and evidence of every project. Scores about the person are never read here. */
export const PROJECT_METRICS: readonly Metric[] = [
  gauge({
    name: 'orch_project_verdict',
    help: 'The verdict in force, by change type; always 1',
    labels: ['project', 'change', 'verdict'],
    most: MOST_PROJECTS * CHANGE_TYPES.length,
    read: ({ snapshot }) =>
      snapshot.projects.flatMap(({ id, decisions }) =>
        Object.values(decisions).flatMap(({ change, verdict }) =>
          sample(1, { project: id, change, verdict }),
        ),
      ),
  }),
  gauge({
    name: 'orch_project_info',
    help: 'Profile and operating mode of a project; always 1',
    labels: ['project', 'profile', 'operating_mode'],
    most: MOST_PROJECTS,
    read: (facts) =>
      perProject(facts, ({ id, profile, operatingMode }) =>
        sample(1, { project: id, profile, operating_mode: operatingMode }),
      ),
  }),
  gauge({
    name: 'orch_project_halted',
    help: '1 while a HALT stands',
    labels: ['project'],
    most: MOST_PROJECTS,
    read: (facts) =>
      perProject(facts, ({ id, halt }) => (halt === undefined ? [] : sample(halt !== null, { project: id }))),
  }),
  gauge({
    name: 'orch_project_waivers',
    help: 'Waivers that still hold',
    labels: ['project'],
    most: MOST_PROJECTS,
    read: (facts) => perProject(facts, ({ id, waivers }) => sample(waivers?.length, { project: id })),
  }),
  gauge({
    name: 'orch_project_score',
    help: 'A score, 0 to 100; of computation_load more is worse, power_available is the level, 0 to 4',
    labels: ['project', 'score', 'provenance'],
    most: MOST_PROJECTS * MOST_SCORES,
    read: (facts) => perProject(facts, scores),
  }),
  gauge({
    name: 'orch_project_score_confidence_ratio',
    help: 'Share of the weight of a score that had data, 0 to 1',
    labels: ['project', 'score'],
    most: MOST_PROJECTS * MOST_SCORES,
    read: (facts) =>
      perDetail(facts, (project, score, { confidence }) => sample(confidence, { project, score })),
  }),
  gauge({
    name: 'orch_project_score_age_seconds',
    help: 'Age of the oldest evidence a score rests on',
    unit: 's',
    labels: ['project', 'score'],
    most: MOST_PROJECTS * MOST_SCORES,
    read: (facts) =>
      perDetail(facts, (project, score, { ageSeconds }) => sample(ageSeconds, { project, score })),
  }),
  evidence('orch_tests_passed_ratio', 'Tests that passed, of those passed and failed, 0 to 1', 'testsPassed'),
  evidence('orch_test_coverage_ratio', 'Lines hit by tests, 0 to 1', 'testCoverage'),
  evidence('orch_services_up_ratio', 'Health addresses that answer well, 0 to 1', 'servicesUp'),
  evidence(
    'orch_performance_regression_ratio',
    'How much slower than the baseline: 0.25 is a quarter slower, below 0 is faster',
    'performanceRegression',
  ),
  evidence('orch_drift_ratio', 'How far the data moved from what the model learnt, 0 to 1', 'drift'),
  evidence(
    'orch_satisfaction_ratio',
    'Satisfaction of users as the report states it, 0 to 1',
    'satisfaction',
  ),
  evidence('orch_model_accuracy_ratio', 'Accuracy of the model, 0 to 1', 'accuracy'),
  evidence(
    'orch_inference_latency_seconds',
    'How long the model takes for one answer',
    'latencySeconds',
    's',
  ),
  gauge({
    name: 'orch_embedding_quality_ratio',
    help: 'Quality of search on the evaluation set, 0 to 1: recall, mrr, ndcg',
    labels: ['project', 'measure', 'provenance'],
    most: 3 * MOST_PROJECTS,
    read: ({ projects }) =>
      projects.flatMap((project) =>
        (['recall', 'mrr', 'ndcg'] as const).flatMap((measure) => {
          const found = project.evidence[measure];
          return sample(found?.value, { project: project.id, measure, provenance: found?.provenance ?? '' });
        }),
      ),
  }),
  gauge({
    name: 'orch_slo_burn_rate',
    help: 'How many times faster than allowed the error budget goes, over a window',
    labels: ['project', 'window'],
    most: 3 * MOST_PROJECTS,
    read: ({ projects }) =>
      projects.flatMap(({ id, budget }) =>
        (budget?.pairs ?? []).flatMap(({ pair, longRate }) =>
          sample(longRate, { project: id, window: pair.long }),
        ),
      ),
  }),
  gauge({
    name: 'orch_slo_error_budget_left_ratio',
    help: 'Share of the error budget of three days that is left, 0 to 1',
    labels: ['project'],
    most: MOST_PROJECTS,
    read: ({ projects }) =>
      projects.flatMap(({ id, budget }) =>
        budget === null || budget.leftPercent === null
          ? []
          : sample(budget.leftPercent / 100, { project: id }),
      ),
  }),
  counter({
    name: 'orch_slo_violations_total',
    help: 'How often the error budget began to burn too fast, by the longer window',
    since: 'run',
    labels: ['project', 'window'],
    most: 3 * MOST_PROJECTS,
    read: ({ sloViolations }) =>
      sloViolations.flatMap(({ project, window, count }) => sample(count, { project, window })),
  }),
];

function evidence(name: string, help: string, of: EvidenceName, unit = '1'): Metric {
  return gauge({
    name,
    help,
    unit,
    labels: ['project', 'provenance'],
    most: MOST_PROJECTS,
    read: ({ projects }) =>
      projects.flatMap((project) => {
        const found = project.evidence[of];
        return sample(found?.value, { project: project.id, provenance: found?.provenance ?? '' });
      }),
  });
}

function perProject(
  { snapshot }: MetricFacts,
  read: (project: ProjectState) => readonly Sample[],
): readonly Sample[] {
  return snapshot.projects.flatMap(read);
}

type Details = NonNullable<ProjectState['scoreDetails']>;

function perDetail(
  facts: MetricFacts,
  read: (project: string, score: string, detail: Details[string]) => readonly Sample[],
): readonly Sample[] {
  return perProject(facts, ({ id, scoreDetails }) =>
    Object.entries(withoutPrivateScores(scoreDetails ?? {})).flatMap(([score, detail]) =>
      read(id, score, detail),
    ),
  );
}

/** Numbers alone: a status word has a metric of its own. */
function scores({ id, scores: all, scoreDetails }: ProjectState): readonly Sample[] {
  return Object.entries(withoutPrivateScores(all)).flatMap(([score, value]) =>
    typeof value === 'number'
      ? sample(value, { project: id, score, provenance: scoreDetails?.[score]?.source ?? 'unknown' })
      : [],
  );
}
