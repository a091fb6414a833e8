import { describe, expect, it } from 'vitest';

import {
  cpuTimeText,
  dayText,
  drawnText,
  energyChart,
  energySum,
  labelled,
} from '../../../../renderer/view/energy-days-view.ts';
import { jobEnergies } from '../../../../renderer/view/job-energy-view.ts';
import { words } from '../../../../renderer/words/words.ts';
import type { EnergyDay } from '../../../../shared/contract/energy-ledger.ts';
import type { Job } from '../../../../shared/contract/job.ts';
import { EXAMPLE_JOBS } from '../../../e2e/example-ledger.ts';

const day = (over: Partial<EnergyDay> = {}): EnergyDay => ({
  day: '2026-01-05',
  energyWh: 12,
  provenance: 'measured',
  measuredWh: 12,
  modelledWh: null,
  awakeSeconds: 8 * 3600,
  coveredPercent: 50,
  own: { cpuSeconds: 60, energyWh: 0.12, provenance: 'modelled' },
  ...over,
});
const UNMEASURED = day({
  energyWh: null,
  measuredWh: null,
  provenance: 'unknown',
  coveredPercent: 0,
  own: { cpuSeconds: 60, energyWh: null, provenance: 'unknown' },
});
const AWAY = { ...UNMEASURED, awakeSeconds: 0 };
const chart = (...days: EnergyDay[]): ReturnType<typeof energyChart> =>
  energyChart({ from: '2026-01-01', to: '2026-01-05', today: '2026-01-05', days }, words);
const plain = (text: string): string => text.replaceAll('\u202f', ' ').replace(/^[^:]*: /, '');

describe('a day in words', () => {
  it.each([
    [day(), '12 Wh measured, over 4 h of 8 h awake.'],
    [day({ coveredPercent: 100 }), '12 Wh measured, over 8 h awake.'],
    [
      day({ modelledWh: 4, provenance: 'modelled', energyWh: 16 }),
      '16 Wh, 4.0 Wh of it modelled, over 4 h of 8 h awake.',
    ],
    [
      day({ measuredWh: null, modelledWh: 4, provenance: 'modelled', energyWh: 4 }),
      '4.0 Wh modelled, over 4 h of 8 h awake.',
    ],
    [UNMEASURED, 'not measured in 8 h awake.'],
    [AWAY, 'the core did not run.'],
  ])('%#', (of, told) => {
    expect(plain(dayText(of, words))).toBe(told);
  });
});

describe('the chart', () => {
  it.each([
    [42, '50 Wh'],
    [50, '50 Wh'],
    [51, '100 Wh'],
    [0.7, '1 Wh'],
    [0.03, '0.05 Wh'],
    [180, '200 Wh'],
  ])('puts %d Wh under %s', (energyWh, top) => {
    const { ticks } = chart(day({ energyWh, measuredWh: energyWh }));
    expect(ticks.at(-1)?.text.replace('\u202f', ' ')).toBe(top);
  });

  it('stacks what is modelled on what is measured', () => {
    const [bar] = chart(day({ energyWh: 20, measuredWh: 15, modelledWh: 5, provenance: 'modelled' })).bars;
    expect(bar).toMatchObject({ measuredShare: 0.75, modelledShare: 0.25 });
  });

  it('draws no bar for a day that was not measured, and marks it; none at all for a day without a core', () => {
    const { bars, knownDays } = chart(day(), UNMEASURED, AWAY);
    expect(bars.map(({ measuredShare, isUnmeasured }) => [measuredShare > 0, isUnmeasured])).toEqual([
      [true, false],
      [false, true],
      [false, false],
    ]);
    expect(knownDays).toBe(1);
  });

  it('has no axis where nothing is known', () => {
    expect(chart(UNMEASURED, AWAY)).toMatchObject({ ticks: [], knownDays: 0 });
  });

  it.each([
    [30, 8, [1, 5, 9, 13, 17, 21, 25, 29]],
    [7, 8, [0, 1, 2, 3, 4, 5, 6]],
    [1, 4, [0]],
    [90, 4, [20, 43, 66, 89]],
  ])('labels %d days at most %d times, the last always', (count, most, places) => {
    expect(labelled(count, most)).toEqual(places);
  });
});

describe('the sum of days', () => {
  it('is over those that are known', () => {
    const sum = energySum([day(), UNMEASURED, day({ energyWh: 8, measuredWh: 8 })]);
    expect(sum).toMatchObject({ energyWh: 20, provenance: 'measured', knownDays: 2 });
    expect(sum.own.energyWh).toBeCloseTo(0.24, 6);
    expect(sum.own.share).toBeCloseTo(0.012, 6);
    expect(sum.own.cpuSeconds).toBe(180);
  });
  it('is not known where no day is, and not zero', () => {
    expect(energySum([UNMEASURED, AWAY])).toMatchObject({
      energyWh: null,
      provenance: 'unknown',
      own: { energyWh: null, share: null },
    });
  });
});

describe('what one thing drew', () => {
  it.each([
    [{ energyWh: 0.42, energyProvenance: 'measured' } as const, '0.42 Wh, measured'],
    [{ energyWh: 0, energyProvenance: 'measured' } as const, 'under 0.01 Wh, measured'],
    [{ energyWh: 1.9, energyProvenance: 'modelled' } as const, '1.9 Wh, modelled'],
    [{ energyWh: null, energyProvenance: 'unknown' } as const, 'not measured'],
    [{ energyWh: 0, energyProvenance: 'unknown' } as const, 'not measured'],
  ])('%j is %s', (drawn, told) => {
    expect(drawnText(drawn, words).replaceAll('\u202f', ' ')).toBe(told);
  });

  it('is told of every job, and never invented', () => {
    const [like] = EXAMPLE_JOBS;
    const jobs: Job[] = [
      { ...like!, command: ['make', 'all of it'], energyWh: 3, energyProvenance: 'measured' },
      { ...like!, command: ['x'], state: 'ended', exitCode: 137, energyWh: null },
      { ...like!, command: ['later'], state: 'queued' },
    ];
    expect(
      jobEnergies(jobs, words).map(({ name, state, energy }) => [
        name,
        state,
        energy.replaceAll('\u202f', ' '),
      ]),
    ).toEqual([
      ["make 'all of it'", 'Paused', '3.0 Wh, measured'],
      ['x', 'Failed with 137', 'not measured'],
    ]);
  });
});

it.each([
  [0.2, 'under 1 s'],
  [12.4, '12 s'],
  [200, '3 min'],
  [5400, '1 h 30 min'],
])('%d s of CPU time is "%s"', (seconds, told) => {
  expect(cpuTimeText(seconds).replaceAll('\u202f', ' ')).toBe(told);
});
