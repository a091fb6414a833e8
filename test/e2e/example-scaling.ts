import type { ScalingList } from '../../shared/contract/scaling.ts';

const SHOP: ScalingList[number] = {
  project: 'shop',
  desiredReplicas: 3,
  reason: 'MEDIUM, NORMAL, load 20 %: 50 % of the way from 1 to 9, but 3 jobs of it run',
  decidedAt: '2026-01-05T09:50:00.000Z',
  validUntil: '2026-01-05T10:01:30.000Z',
  min: 1,
  max: 9,
  level: 'LOW',
  runningJobCount: 3,
  mode: 'live',
  executor: 'kubernetes',
  setReplicas: 5,
  problem: 'the cluster at 10.0.0.1:6443 did not answer within 10 s',
};

/** One that could not be set, one on a dry run, one that others read and nobody knows. */
export const EXAMPLE_SCALING: ScalingList = [
  SHOP,
  {
    ...SHOP,
    project: 'model',
    desiredReplicas: 1,
    reason: 'LOW, DISABLED, load 45 %: 0 % of the way from 1 to 4',
    max: 4,
    runningJobCount: 0,
    mode: 'dry-run',
    executor: 'command',
    setReplicas: null,
    problem: null,
  },
  {
    ...SHOP,
    project: 'a-project-with-a-long-name-that-a-small-window-has-to-break',
    desiredReplicas: null,
    decidedAt: null,
    reason: 'nothing changes: the power cannot be read: BAT0 says nothing',
    min: 2,
    max: 2,
    level: 'UNKNOWN',
    runningJobCount: 0,
    executor: 'pull',
    setReplicas: null,
    problem: null,
  },
];
