import { describe, expect, it } from 'vitest';

import { auditText, deploymentEnergy, deploymentResult } from '../../../../renderer/view/record-view.ts';
import { words } from '../../../../renderer/words/words.ts';
import type { AuditEntry, Deployment } from '../../../../shared/contract/record.ts';

const DEPLOYMENT: Deployment = {
  id: 'd',
  project: 'shop',
  commit: 'abcdef1234',
  startedAt: '2026-01-05T09:00:00.000Z',
  finishedAt: '2026-01-05T09:04:00.000Z',
  result: 'ok',
  energyWh: 0.42,
  energyProvenance: 'measured',
};

describe('a deployment', () => {
  it.each<[Partial<Deployment>, string | null]>([
    [{}, '0.42 Wh, measured'],
    [{ energyWh: 3.14, energyProvenance: 'modelled' }, '3.1 Wh, modelled'],
    [{ energyWh: 48.2 }, '48 Wh, measured'],
    [{ energyWh: 0.001 }, 'under 0.01 Wh, measured'],
    [{ energyWh: null, energyProvenance: 'unknown' }, 'energy not known'],
    [{ energyWh: 1, energyProvenance: 'unknown' }, 'energy not known'],
    [{ finishedAt: null, result: null, energyWh: null, energyProvenance: 'unknown' }, null],
  ])('says what it took and where that is from: %o', (over, said) => {
    expect(deploymentEnergy({ ...DEPLOYMENT, ...over }, words)?.replaceAll('\u202f', ' ') ?? null).toBe(said);
  });

  it('says how it ended, or that it runs', () => {
    expect(deploymentResult({ ...DEPLOYMENT, result: 'rolled-back' }, words)).toBe('rolled back');
    expect(deploymentResult({ ...DEPLOYMENT, result: null }, words)).toBe('still running');
  });
});

describe('what was done', () => {
  const entry = (act: string, detail: AuditEntry['detail'] = {}): AuditEntry => ({
    sequence: 1,
    at: DEPLOYMENT.startedAt,
    actor: 'sam',
    act,
    project: 'shop',
    cause: '',
    detail,
  });

  it.each([
    [entry('halt-cleared'), 'lifted the halt'],
    [entry('waive', { change: 'fix' }), 'waived: fix'],
    [entry('report-written'), 'report written'],
  ])('has words for every act, also those it never heard of', (told, said) => {
    expect(auditText(told, words)).toBe(said);
  });
});
