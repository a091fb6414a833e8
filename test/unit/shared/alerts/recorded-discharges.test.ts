import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { readTrace } from '../../../../core/energy/trace.ts';
import type { NoticeDraft } from '../../../../shared/alerts/notice-draft.ts';
import { NO_NOTICES, stepNotices } from '../../../../shared/alerts/notice-policy.ts';
import { energyCritical } from '../../../../shared/alerts/rules/energy-critical.ts';
import { energyDropped } from '../../../../shared/alerts/rules/energy-dropped.ts';
import { stepStanding, type Sightings } from '../../../../shared/alerts/standing.ts';
import type { Forecaster } from '../../../../shared/energy/forecast/forecaster.ts';
import { levelValue } from '../../../../shared/energy/level.ts';
import { replayTrace, type TraceRow } from '../../../../shared/energy/replay.ts';
import { recordedDir } from '../../../fixtures/recorded.ts';
import { alertFacts, withEnergy } from '../../../fakes/alert-snapshots.ts';

const dir = recordedDir('traces');
const traces = dir === null ? [] : readdirSync(dir).filter((name) => name.endsWith('.csv'));

const RULES = [energyCritical, energyDropped];

/** Levels alone are looked at here. */
const NO_FORECAST: Forecaster = {
  observe: () => undefined,
  forecast: () => [],
  probabilityAbove: () => null,
  pastErrors: () => [],
  exportHistory: () => {
    throw new Error('not asked for');
  },
  importHistory: () => undefined,
};

/** Every notice about the level, by discharge. */
function told(rows: readonly TraceRow[]): { code: string; key: string; discharge: number }[] {
  let state = NO_NOTICES;
  let sightings: Sightings = new Map();
  let discharge = 0;
  let lastPercent: number | null = null;
  const found: { code: string; key: string; discharge: number }[] = [];
  const steady = rows.filter(({ atMs }, at) => at === 0 || atMs >= rows[at - 1]!.atMs);
  const keep = (notices: readonly NoticeDraft[]): void => {
    for (const { parts } of notices)
      for (const { code, id } of parts) found.push({ code, key: id, discharge });
  };
  let index = 0;
  for (const { level, percent, state: battery } of replayTrace(steady, NO_FORECAST, [])) {
    const nowMs = steady[index]!.atMs;
    index += 1;
    const onExternalPower = level === 'FULL';
    // Power from outside ends a discharge, and so does a charge that nobody recorded.
    const charged = (percent ?? 0) - (lastPercent ?? 100) >= 5;
    if (onExternalPower || charged) discharge += 1;
    lastPercent = percent;
    const energy = { level, levelValue: levelValue(level), percent, state: battery, onExternalPower };
    const snapshot = withEnergy(energy);
    // A burst is told five seconds later.
    for (const laterMs of [0, 5_000]) {
      const step = stepStanding(sightings, RULES, {
        facts: alertFacts({ snapshot, nowMs: nowMs + laterMs }),
        monotonicMs: nowMs + laterMs,
        carried: new Map(),
        onFault: (error) => {
          throw error;
        },
      });
      ({ sightings } = step);
      const look = { nowMs: nowMs + laterMs, rules: RULES, standing: step.standing };
      const noticed = stepNotices(state, { ...look, energy: snapshot.energy, isQuiet: false, off: [] });
      ({ state } = noticed);
      keep(noticed.notices);
    }
  }
  return found;
}

describe.skipIf(dir === null)('recorded discharges (shared/fixtures/traces beside the repository)', () => {
  it.each(traces)('%s: one notice a level and discharge at most', async (name) => {
    const { rows } = await readTrace(join(dir ?? '', name));
    const notices = told(rows);
    const perLevel = notices.map(({ key, discharge }) => `${discharge} ${key}`);
    expect(perLevel).toEqual([...new Set(perLevel)]);
  });

  it('and some', async () => {
    const { rows } = await readTrace(join(dir ?? '', 'librem5-janeoa-discharge.csv'));
    expect(told(rows).map(({ key }) => key)).toEqual(expect.arrayContaining(['energy-dropped/LOW']));
  });
});
