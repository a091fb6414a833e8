import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { openRecord, type OpenedRecord } from '../../../../core/history/open-record.ts';
import { createRecordTotals, type RecordTotals } from '../../../../core/metrics/record-totals.ts';
import type { Decision } from '../../../../shared/contract/decision.ts';
import { fakeClock } from '../../../fakes/fake-clock.ts';
import { decided, facts } from '../../../fakes/judged-project.ts';

const clock = fakeClock();
let opened: OpenedRecord;
let totals: () => RecordTotals | null;
const start = (): void => {
  totals = createRecordTotals({ database: opened.database, store: opened.record, clock });
};
const counted = async (): Promise<RecordTotals> => {
  await clock.advanceMs(1000);
  const found = totals();
  if (found === null) throw new Error('the record could not be counted');
  return found;
};
const deploy = (id: string, result: 'ok' | 'failed' | null, energyWh: number | null = null): void =>
  opened.record.keepDeployment({
    id,
    project: 'shop',
    commit: 'abc',
    startedAt: '2026-01-05T09:00:00.000Z',
    finishedAt: result === null ? null : '2026-01-05T09:05:00.000Z',
    result,
    energyWh,
    energyProvenance: energyWh === null ? 'unknown' : 'measured',
  });
const forget = (where: string): void => opened.database?.exec(`DELETE FROM deployments WHERE ${where}`);

beforeEach(async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'orch-totals-')), 'history.db');
  opened = await openRecord(path, clock.wallMs());
  start();
});
afterEach(() => opened.record.close());

test('deployments are counted by result, running ones apart, and their energy summed', async () => {
  deploy('1', 'ok', 0.5);
  deploy('2', 'ok', 1);
  deploy('3', 'failed');
  deploy('4', null);
  expect(await counted()).toMatchObject({
    deployments: [
      { project: 'shop', of: 'failed', total: 1 },
      { project: 'shop', of: 'ok', total: 2 },
    ],
    deploymentEnergyWh: [{ project: 'shop', of: 'measured', total: 1.5 }],
    deploymentsRunning: [{ project: 'shop', of: 'running', total: 1 }],
  });
});

test('what the record forgets stays counted, again and again and after a restart', async () => {
  for (const id of ['1', '2', '3', '4', '5']) deploy(id, 'ok');
  expect((await counted()).deployments[0]?.total).toBe(5);
  forget("id IN ('1', '2')");
  expect((await counted()).deployments[0]?.total).toBe(5);
  deploy('6', 'ok');
  expect((await counted()).deployments[0]?.total).toBe(6);
  forget("id = '3'");
  start();
  expect((await counted()).deployments[0]?.total).toBe(6);
  forget('1 = 1');
  expect((await counted()).deployments[0]?.total).toBe(6);
  deploy('7', 'ok');
  expect((await counted()).deployments[0]?.total).toBe(7);
});

test('decisions are counted from the start of the core, each once', async () => {
  const keep = (id: string): void => {
    const decision: Decision = { ...decided(facts('FULL'), 'fix'), id };
    opened.record.keepDecision(decision, 'gate');
  };
  keep('before');
  start();
  expect((await counted()).decisions).toEqual([]);
  keep('one');
  keep('one');
  await counted();
  keep('two');
  expect((await counted()).decisions).toEqual([{ project: 'shop', of: 'allow', total: 2 }]);
  expect((await counted()).decisions).toEqual([{ project: 'shop', of: 'allow', total: 2 }]);
});

test('the record is asked once a second however often it is scraped', async () => {
  deploy('1', 'ok');
  const first = await counted();
  deploy('2', 'ok');
  expect(totals()).toBe(first);
  expect((await counted()).deployments[0]?.total).toBe(2);
});

test('nothing is known without a database, or with one that cannot be read', () => {
  expect(createRecordTotals({ database: null, store: opened.record, clock })()).toBeNull();
  opened.database?.exec('DROP TABLE incidents');
  expect(totals()).toBeNull();
});
