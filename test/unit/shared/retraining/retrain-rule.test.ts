import { describe, expect, it } from 'vitest';

import { retrainConfigSchema } from '../../../../shared/contract/retrain-config.ts';
import { isPowerShort, retrainWait, type RetrainFacts } from '../../../../shared/retraining/retrain-rule.ts';

const needs = (more: object = {}): ReturnType<typeof retrainConfigSchema.parse> =>
  retrainConfigSchema.parse({ schedule: '0 3 * * *', command: ['true'], ...more });
const well: RetrainFacts = {
  level: 'MEDIUM',
  why: 'battery 40 %',
  reservePercent: null,
  cooling: 'NORMAL',
  hottestC: 50,
  freshness: 'fresh',
  haltWhy: null,
  netPowerForMs: null,
  busyWith: null,
};
const inTime = { netPowerMs: null };
const missed = { netPowerMs: 12 * 60_000 };

describe('what a window waits for', () => {
  it('is nothing where power, heat and scores are well', () => {
    expect(retrainWait(inTime, needs(), well)).toBeNull();
    expect(retrainWait(inTime, needs(), { ...well, cooling: null, hottestC: null })).toBeNull();
  });
  it.each([
    ['level', { level: 'LOW' }, {}],
    ['level', {}, { level: 'FULL' }],
    ['unknown-power', { level: 'UNKNOWN' }, {}],
    ['reserve', { level: 'FULL', reservePercent: 3 }, {}],
    ['halt', { haltWhy: 'a person said so' }, {}],
    ['cooling', { cooling: 'WARM' }, {}],
    ['cooling', { hottestC: 61 }, { coolBelowC: 60 }],
    ['cooling', { hottestC: null }, { coolBelowC: 60 }],
    ['scores', { freshness: 'amber' }, {}],
    ['scores', { freshness: 'stale' }, { scores: 'amber' }],
    ['scores', { freshness: null }, {}],
    ['turn', { busyWith: 'other' }, {}],
  ] as const)('is %s for %j with %j', (code, facts, settings) => {
    expect(retrainWait(inTime, needs(settings), { ...well, ...facts })?.code).toBe(code);
  });
  it('is no score where the settings take any', () => {
    expect(retrainWait(inTime, needs({ scores: 'any' }), { ...well, freshness: 'missing' })).toBeNull();
  });
  it('is net power where the window was missed, however full the battery is', () => {
    const wait = retrainWait(missed, needs(), { ...well, level: 'HIGH' });
    expect(wait).toMatchObject({ code: 'net-power', until: 'it has been plugged in for 12 min', inMs: null });
    const soon = retrainWait(missed, needs(), { ...well, level: 'FULL', netPowerForMs: 11 * 60_000 });
    expect(soon?.inMs).toBe(60_000);
    expect(retrainWait(missed, needs(), { ...well, level: 'FULL', netPowerForMs: 12 * 60_000 })).toBeNull();
  });
  it('is no missed window for a sensor that cannot be read', () => {
    expect(isPowerShort({ level: 'UNKNOWN', reservePercent: null }, needs())).toBe(false);
    expect(isPowerShort({ level: 'LOW', reservePercent: null }, needs())).toBe(true);
  });
});
