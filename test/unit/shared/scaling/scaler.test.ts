import { describe, expect, it } from 'vitest';

import { scalingConfigSchema } from '../../../../shared/contract/scaling-config.ts';
import { NO_SCALING, stepScaler, type ScalingFacts } from '../../../../shared/scaling/scaler.ts';

const config = scalingConfigSchema.parse({ min: 1, max: 9 });
const calm: ScalingFacts = {
  level: 'FULL',
  why: 'mains',
  operatingMode: 'FULL_SPEED',
  loadPercent: 10,
  runningJobs: 0,
  reservePercent: null,
  haltWhy: null,
};

/** "seconds:instances" at every change, looked at every 30 s. */
function changes(
  factsAt: (seconds: number) => Partial<ScalingFacts>,
  untilSeconds: number,
  settings = config,
): string[] {
  const seen: string[] = [];
  let memory = NO_SCALING;
  for (let seconds = 0; seconds <= untilSeconds; seconds += 30) {
    const facts = { ...calm, ...factsAt(seconds) };
    const step = stepScaler(memory, facts, settings, seconds * 1000);
    if (step.isChanged) seen.push(`${seconds}:${step.memory.desired}`);
    memory = step.memory;
    expect(memory.desired ?? 0).toBeGreaterThanOrEqual(Math.min(facts.runningJobs, settings.max));
  }
  return seen;
}

const low = { level: 'LOW', operatingMode: 'DISABLED' } as const;
const medium = { level: 'MEDIUM', operatingMode: 'NORMAL' } as const;

describe('the scaler, as docs/scaling.md says', () => {
  it('follows a step after 60 s', () => {
    expect(changes((s) => (s < 600 ? {} : low), 1800)).toEqual(['0:9', '660:1']);
    expect(changes((s) => (s < 600 ? low : {}), 1800)).toEqual(['0:1', '660:9']);
  });
  it('waits for the cool-down where a step comes soon after a change', () => {
    expect(changes((s) => (s < 60 ? {} : low), 900)).toEqual(['0:9', '300:1']);
  });
  it('follows a ramp down and up in steps of at least 300 s', () => {
    const levels = ['FULL', 'HIGH', 'MEDIUM', 'LOW'] as const;
    const down = (s: number): Partial<ScalingFacts> => ({
      level: levels[Math.min(3, Math.floor(s / 120))] ?? 'LOW',
    });
    expect(changes(down, 1200)).toEqual(['0:9', '300:5', '600:1']);
    const up = (s: number): Partial<ScalingFacts> => ({
      level: levels[Math.max(0, 3 - Math.floor(s / 400))] ?? 'LOW',
    });
    expect(changes(up, 2400)).toEqual(['0:1', '480:5', '870:7', '1260:9']);
  });
  it.each([30, 60])('does not follow what flaps every %i s', (period) => {
    const flapping = (s: number): Partial<ScalingFacts> => (s > 0 && (s / period) % 2 >= 1 ? low : {});
    expect(changes(flapping, 3600)).toEqual(['0:9']);
  });
  it('changes at most every 300 s what flaps slowly', () => {
    const at = changes((s) => (Math.floor(s / 150) % 2 === 0 ? {} : low), 3600).map((change) =>
      Number(change.split(':')[0]),
    );
    expect(at.length).toBeGreaterThan(2);
    for (const [index, seconds] of at.slice(1).entries())
      expect(seconds - (at[index] ?? 0)).toBeGreaterThanOrEqual(300);
  });
  it('gives each level, mode and load its share', () => {
    const first = (facts: Partial<ScalingFacts>): string[] => changes(() => facts, 0);
    expect(first({ level: 'HIGH' })).toEqual(['0:7']);
    expect(first(medium)).toEqual(['0:5']);
    expect(first({ operatingMode: 'EFFICIENT' })).toEqual(['0:7']);
    expect(first({ operatingMode: 'DEGRADED' })).toEqual(['0:5']);
    expect(first({ operatingMode: 'FROZEN' })).toEqual(['0:1']);
    expect(first({ loadPercent: 80 })).toEqual(['0:5']);
    expect(first({ loadPercent: 95 })).toEqual(['0:1']);
    expect(first({ level: 'CRITICAL', operatingMode: 'FROZEN' })).toEqual(['0:1']);
  });
  it('leaves a row of the load table 5 points below its start', () => {
    const loads = (loadPercent: number) => (s: number) => ({ loadPercent: s < 600 ? 81 : loadPercent });
    expect(changes(loads(76), 1800)).toEqual(['0:5']);
    expect(changes(loads(74), 1800)).toEqual(['0:5', '660:9']);
  });
  it('takes the table of the settings', () => {
    const own = scalingConfigSchema.parse({
      min: 0,
      max: 4,
      targets: { levels: { LOW: 25 }, modes: { DISABLED: 100 }, load: [] },
    });
    expect(changes(() => low, 0, own)).toEqual(['0:1']);
  });
});

describe('never fewer than the jobs that run', () => {
  it('goes down to them and no further, and on when they end', () => {
    expect(changes((s) => ({ ...(s < 600 ? {} : low), runningJobs: s < 1500 ? 3 : 0 }), 2400)).toEqual([
      '0:9',
      '660:3',
      '1560:1',
    ]);
  });
  it('adds instances for them at once, up to max', () => {
    expect(changes((s) => ({ ...low, runningJobs: s < 90 ? 0 : 20 }), 300)).toEqual(['0:1', '90:9']);
  });
  it('holds for any course of levels, modes, loads and jobs', () => {
    let seed = 7;
    const next = (n: number): number => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return Math.floor((seed / 2147483648) * n);
    };
    const levels = ['CRITICAL', 'LOW', 'MEDIUM', 'HIGH', 'FULL', 'UNKNOWN'] as const;
    changes(() => {
      const level = levels[next(6)] ?? 'FULL';
      // What is not known changes nothing, so that no job may begin meanwhile.
      return level === 'UNKNOWN'
        ? { level, runningJobs: 0 }
        : { level, runningJobs: next(12), loadPercent: next(101) };
    }, 300_000);
  });
});

describe('what is not known', () => {
  it.each([
    ['the power', { level: 'UNKNOWN' }],
    ['the mode', { operatingMode: null }],
  ] as const)('%s: nothing changes', (_what, facts) => {
    expect(changes((s) => (s < 600 ? {} : facts), 3600)).toEqual(['0:9']);
    expect(changes(() => facts, 600)).toEqual([]);
  });
  it.each([
    ['the load', { loadPercent: null }],
    ['the reserve is being charged', { reservePercent: 3 }],
    ['halted', { haltWhy: 'broken' }],
  ])('%s: nothing is added, taking away goes on', (_what, facts) => {
    expect(changes((s) => (s < 600 ? low : facts), 1800)).toEqual(['0:1']);
    expect(changes((s) => (s < 600 ? {} : { ...facts, ...low }), 1800)).toEqual(['0:9', '660:1']);
  });
  it('says why, in a sentence', () => {
    const { memory } = stepScaler(NO_SCALING, calm, config, 0);
    expect(stepScaler(memory, { ...calm, ...low }, config, 30_000).reason).toBe(
      'LOW, DISABLED, load 10 %: 0 % of the way from 1 to 9; 9 for 270 s more (cool-down)',
    );
    expect(stepScaler(memory, { ...calm, level: 'UNKNOWN', why: 'BAT0 unreadable' }, config, 0).reason).toBe(
      'nothing changes: the power cannot be read: BAT0 unreadable',
    );
  });
});
