import type { Decision } from '../../shared/contract/decision.ts';
import type { SimulateQuery, SimulateReply } from '../../shared/contract/requests.ts';
import type { ProjectState, Snapshot } from '../../shared/contract/state.ts';
import { CHANGE_TYPES } from '../../shared/contract/vocabulary.ts';
import type { FakeRecord } from '../fakes/fake-project-routes.ts';
import { exampleDecision } from './example-parts.ts';
import { lowSnapshot } from './example-snapshots.ts';

/** A project with a past, for the tests of its page. */

const T = '\u202f';

const SHOP_DETAILS: ProjectState['scoreDetails'] = {
  integration: {
    value: 82.4,
    source: 'measured',
    confidence: 0.8,
    ageSeconds: 1260,
    delta: 4,
    topMover: { name: 'tests', points: 6 },
    inputs: [
      {
        name: 'tests',
        value: 99,
        weightPercent: 25,
        ageSeconds: 240,
        source: 'reports/junit.xml',
        detail: '212 of 214 passed',
        problem: null,
      },
      {
        name: 'coverage',
        value: 78.2,
        weightPercent: 25,
        ageSeconds: 240,
        source: 'coverage/lcov.info',
        detail: null,
        problem: null,
      },
      {
        name: 'services',
        value: 100,
        weightPercent: 30,
        ageSeconds: 12,
        source: 'https://shop.example/health',
        detail: '3 of 3 healthy',
        problem: null,
      },
      {
        name: 'data_drift',
        value: null,
        weightPercent: 20,
        ageSeconds: null,
        source: 'reports/drift.json',
        detail: null,
        problem: 'reports/drift.json:1: not JSON (unexpected end)',
      },
    ],
  },
  stability: {
    value: 75,
    source: 'report',
    confidence: 1,
    ageSeconds: 240,
    delta: -10,
    topMover: { name: 'incidents', points: -10 },
    inputs: [],
  },
};

/** As the core tells of a rule that a waiver carries a change past. */
const WAIVED: Decision = {
  ...exampleDecision('shop', 'infra', { verdict: 'allow' }, 'LOW'),
  reasons: [
    {
      code: 'machine-degraded',
      text: 'Waived by sam until 11:20 (moves the queue before the sale starts): this machine is degraded.',
      verdict: 'allow',
    },
  ],
};

/** LOW, with `shop` measured and one waiver in force. */
export function shopSnapshot(over: Partial<ProjectState> = {}): Snapshot {
  const low = lowSnapshot();
  const projects = low.projects.map((project) =>
    project.id === 'shop'
      ? {
          ...project,
          scoreDetails: SHOP_DETAILS,
          decisions: { ...project.decisions, infra: WAIVED },
          halt: null,
          waivers: [
            {
              change: 'infra' as const,
              who: 'sam',
              why: 'moves the queue before the sale starts',
              since: '2026-01-05T09:20:00.000Z',
              until: '2026-01-05T11:20:00.000Z',
            },
          ],
          ...over,
        }
      : project,
  );
  return { ...low, projects };
}

/** Halted by sam an hour ago. */
export function haltedShopSnapshot(): Snapshot {
  const why = 'the database is being moved';
  const blocked = Object.fromEntries(
    CHANGE_TYPES.map((change) => [
      change,
      exampleDecision(
        'shop',
        change,
        change === 'revert'
          ? { verdict: 'allow' }
          : {
              verdict: 'block',
              why: `Halted by sam: ${why}.`,
              way: 'revert, or lift the halt',
              code: 'halt',
            },
        'LOW',
      ),
    ]),
  );
  const since = '2026-01-05T09:00:00.000Z';
  return shopSnapshot({
    mode: 'HALT',
    decisions: blocked,
    waivers: [],
    halt: { by: 'person', who: 'sam', why, since, until: '2026-01-06T09:00:00.000Z' },
  });
}

export const SHOP_RECORD: FakeRecord = {
  decisions: Object.values(shopSnapshot().projects[0]?.decisions ?? {}),
  incidents: [
    {
      id: 'i-9',
      project: 'shop',
      severity: 'major',
      title: 'Checkout answers slowly',
      openedAt: '2026-01-05T08:30:00.000Z',
      closedAt: null,
    },
    {
      id: 'i-8',
      project: 'shop',
      severity: 'minor',
      title: 'Thumbnails missing on the start page',
      openedAt: '2026-01-03T08:30:00.000Z',
      closedAt: '2026-01-03T10:05:00.000Z',
    },
  ],
  deployments: [
    deployment('d-4', '4c1f0e2', '2026-01-05T09:58:00.000Z', null, null, 'unknown'),
    deployment('d-3', '90ab77c', '2026-01-05T07:10:00.000Z', 'ok', 0.42, 'measured'),
    deployment('d-2', '1d22e90', '2026-01-04T15:40:00.000Z', 'rolled-back', 1.9, 'modelled'),
    deployment('d-1', 'f00dfee', '2026-01-04T10:00:00.000Z', 'ok', null, 'unknown'),
  ],
  audits: [
    audit(4, 'sam', 'waive', '2026-01-05T09:20:00.000Z', 'moves the queue before the sale starts', {
      change: 'infra',
    }),
    audit(3, 'sam', 'incident-open', '2026-01-05T08:30:00.000Z', 'Checkout answers slowly'),
    audit(2, 'git hook', 'gate-asked', '2026-01-05T07:09:00.000Z', 'push to main'),
    audit(1, 'ci', 'deploy-finish', '2026-01-04T15:44:00.000Z', 'rolled-back'),
  ],
};

function deployment(
  id: string,
  commit: string,
  startedAt: string,
  result: 'ok' | 'failed' | 'rolled-back' | null,
  energyWh: number | null,
  energyProvenance: 'measured' | 'modelled' | 'unknown',
): FakeRecord['deployments'][number] {
  const finishedAt = result === null ? null : new Date(Date.parse(startedAt) + 240_000).toISOString();
  return { id, project: 'shop', commit, startedAt, finishedAt, result, energyWh, energyProvenance };
}

function audit(
  sequence: number,
  actor: string,
  act: string,
  at: string,
  cause: string,
  detail: Record<string, unknown> = {},
): FakeRecord['audits'][number] {
  return { sequence, at, actor, act, project: 'shop', cause, detail };
}

/** The border at 20 % alone, which is enough to see that the page shows what it is told. */
export function exampleSimulation(query: SimulateQuery): SimulateReply {
  const percent = query.percent ?? 50;
  const isLow = query.power === 'battery' && percent < 20;
  const decisions = Object.fromEntries(
    CHANGE_TYPES.map((change) => {
      const waits = isLow && ['feature', 'experiment', 'infra'].includes(change);
      const why = `Battery ${percent}${T}%, features need 20${T}%.`;
      const judged = waits
        ? { verdict: 'block' as const, why, way: 'plug in' }
        : { verdict: 'allow' as const };
      return [change, exampleDecision(query.project ?? '', change, judged, isLow ? 'LOW' : 'HIGH')];
    }),
  );
  return {
    level: isLow ? 'LOW' : query.power === 'ac' ? 'FULL' : 'HIGH',
    why: query.power === 'ac' ? 'on mains' : `battery ${percent}${T}%, draining 10.0${T}W`,
    projects: [{ id: query.project ?? '', decisions }],
  };
}
