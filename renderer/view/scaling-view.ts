import type { ScalingList } from '../../shared/contract/scaling.ts';
import type { Words } from '../words/words.ts';
import { plainText, sentence } from './plain-text.ts';

export type ScaledInstances = ScalingList[number];

/** How the instances of one project stand, as a shape beside its words. */
export type ScalingShape = 'go' | 'wait' | 'pause' | 'done' | 'failed';

export function scalingShape(instances: ScaledInstances): ScalingShape {
  const { desiredReplicas, setReplicas, problem, executor, mode } = instances;
  if (problem !== null) return 'failed';
  if (desiredReplicas === null) return 'wait';
  if (executor !== 'pull' && mode === 'dry-run') return 'pause';
  return executor === 'pull' || setReplicas === desiredReplicas ? 'done' : 'go';
}

/** "5 wanted, 3 set"; where nobody knows how many are wanted, that. */
export function scalingStateText(
  { desiredReplicas, setReplicas, executor, mode }: ScaledInstances,
  { jobsPage: { instances: said } }: Words,
): string {
  const wanted = desiredReplicas === null ? said.unknown : said.wanted(desiredReplicas);
  if (executor === 'pull') return said.both(wanted, said.pulled);
  if (mode === 'dry-run') return said.both(wanted, said.dryRun);
  return said.both(wanted, setReplicas === null ? said.noneSet : said.set(setReplicas));
}

/** Why so many, what went wrong, a sentence each. */
export function scalingReasons(
  { reason, problem }: ScaledInstances,
  { jobsPage: { instances: said } }: Words,
): readonly string[] {
  return [
    sentence(plainText(reason)),
    ...(problem === null ? [] : [sentence(said.problem(plainText(problem)))]),
  ];
}

/** "1 to 9 · kubernetes · 2 jobs run". */
export function scalingFacts(
  { min, max, executor, runningJobCount }: ScaledInstances,
  { jobsPage: { instances: said } }: Words,
): string {
  return [
    said.bounds(min, max),
    said.executors[executor],
    ...(runningJobCount === 0 ? [] : [said.jobs(runningJobCount)]),
  ].join(' · ');
}
