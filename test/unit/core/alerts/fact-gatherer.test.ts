import { tmpdir } from 'node:os';

import { expect, it } from 'vitest';

import { createFactGatherer } from '../../../../core/alerts/fact-gatherer.ts';
import { createMemoryRecord } from '../../../../core/history/memory-record.ts';
import { rollbackDone } from '../../../../shared/alerts/rules/rollback-done.ts';
import type { Action } from '../../../../shared/contract/remediation.ts';
import type { Deployment } from '../../../../shared/contract/record.ts';
import { pluggedIn } from '../../../fakes/alert-snapshots.ts';
import { fakeClock } from '../../../fakes/fake-clock.ts';

const HOUR_MS = 3_600_000;

/** What is told of rollbacks, where these deployments are recorded and these acts are shown. */
function told(deployments: readonly Partial<Deployment>[], actions: readonly Partial<Action>[]) {
  const clock = fakeClock();
  const record = createMemoryRecord();
  const ago = (hours: number): string => new Date(clock.wallMs() - hours * HOUR_MS).toISOString();
  for (const [index, deployment] of deployments.entries())
    record.keepDeployment({
      id: `d${index}`,
      project: 'shop',
      commit: 'c0ffee00c0ffee00',
      startedAt: ago(7),
      finishedAt: ago(6),
      result: 'rolled-back',
      energyWh: null,
      energyProvenance: 'unknown',
      ...deployment,
    });
  const gather = createFactGatherer({
    clock,
    record,
    stateDir: tmpdir(),
    noticesRefused: () => null,
    trayMissing: () => false,
    channelTroubles: () => [],
    onFault(error) {
      throw error;
    },
  });
  const shown = actions.map((action) => ({
    kind: 'rollback',
    project: 'shop',
    subject: 'c0ffee00c0ffee00',
    state: 'verifying',
    beganAt: ago(0.1),
    ...action,
  }));
  const snapshot = { ...pluggedIn(80), actions: shown as Action[] };
  const found = rollbackDone.find(gather(snapshot));
  return found.map(({ key, sinceMs }) => [key, (clock.wallMs() - (sinceMs ?? NaN)) / HOUR_MS]);
}
const at = (hours: number): string => new Date(fakeClock().wallMs() - hours * HOUR_MS).toISOString();

it('a rollback is dated by itself, however long what it took back was there', () => {
  const detail = { deployment: 'd0', rolledBackAt: at(0.05) };
  expect(told([{}], [{ detail }])).toEqual([['d0', 0.05]]);
  expect(told([{ startedAt: at(49), finishedAt: at(48) }], [{ detail }])).toEqual([['d0', 0.05]]);
  expect(told([{}], [{ detail, state: 'helped' }])).toEqual([['d0', 0.05]]);
});

it('is told of for an hour, and not once it was taken back itself', () => {
  expect(told([{}], [{ detail: { deployment: 'd0', rolledBackAt: at(1.5) } }])).toEqual([]);
  const detail = { deployment: 'd0', rolledBackAt: at(0.05) };
  expect(told([{ finishedAt: at(0.2) }], [{ detail, state: 'undone' }])).toEqual([]);
});

it('one that is under way or asks has taken nothing back yet', () => {
  expect(told([{ result: 'ok' }], [{ detail: { deployment: 'd0' }, state: 'running' }])).toEqual([]);
});

it('one that somebody else recorded is dated by the end of its deployment', () => {
  expect(told([{ finishedAt: at(0.5) }, {}], [])).toEqual([['d0', 0.5]]);
});
