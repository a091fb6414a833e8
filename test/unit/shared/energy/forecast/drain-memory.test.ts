import { describe, expect, it } from 'vitest';

import {
  ageDrainMemory,
  drainAhead,
  drainNow,
  emptyDrainMemory,
  learnDrain,
} from '../../../../../shared/energy/forecast/drain-memory.ts';
import type { DrainMemory } from '../../../../../shared/energy/forecast/drain-memory.ts';

/** `minutes` of readings of the same drain, one a minute. */
function lived(memory: DrainMemory, percentPerMinute: number, minutes: number): DrainMemory {
  let lately = memory;
  for (let minute = 0; minute < minutes; minute++) {
    lately = learnDrain(ageDrainMemory(lately, 1, false), percentPerMinute, 1);
  }
  return lately;
}

/** A machine that has drained 0.25 points a minute on thirty evenings. */
function accustomed(): DrainMemory {
  let memory = emptyDrainMemory();
  for (let day = 0; day < 30; day++) {
    memory = ageDrainMemory(lived(memory, 0.25, 120), 22 * 60, true);
  }
  return memory;
}

describe('the drain remembered', () => {
  it('comes to what it reads', () => {
    expect(drainNow(lived(emptyDrainMemory(), 0.5, 60))).toBeCloseTo(0.5, 1);
    expect(drainNow(accustomed())).toBeCloseTo(0.25, 2);
  });

  it('leans on the present for the near future and on the habit for the far one', () => {
    const busy = lived(accustomed(), 0.75, 40);
    const near = drainAhead(busy, 5).percentPerMinute;
    const far = drainAhead(busy, 600).percentPerMinute;
    expect(near).toBeGreaterThan(0.6);
    expect(far).toBeLessThan(0.45);
    expect(far).toBeGreaterThan(0.25);
  });

  it('forgets a busy hour by the next day', () => {
    const next = ageDrainMemory(lived(accustomed(), 0.75, 60), 24 * 60, true);
    expect(drainNow(next)).toBeLessThan(0.3);
  });

  it('is not thrown by one wild reading', () => {
    const before = lived(accustomed(), 0.25, 30);
    expect(drainNow(learnDrain(before, 25, 1))).toBeLessThan(0.3);
  });

  it('trusts a longer reading more than a short or a coarse one', () => {
    const before = lived(accustomed(), 0.25, 30);
    const long = drainNow(learnDrain(before, 0.3, 10));
    expect(long).toBeGreaterThan(drainNow(learnDrain(before, 0.3, 0.5)));
    expect(long).toBeGreaterThan(drainNow(learnDrain(before, 0.3, 10, 0.2)));
  });

  it('is unsure of a machine it never saw, surer of one it knows, and more so the more it saw today', () => {
    const spread = (memory: DrainMemory): number => drainAhead(memory, 60).logVariance;
    expect(spread(emptyDrainMemory())).toBeGreaterThan(spread(accustomed()));
    expect(spread(accustomed())).toBeGreaterThan(spread(lived(accustomed(), 0.25, 30)));
  });

  it('expects bursts on a long way that a short one does not have, the livelier the machine the more', () => {
    const calm = accustomed();
    const near = drainAhead(calm, 1).percentPerMinute;
    const far = drainAhead(calm, 240).percentPerMinute;
    expect(far).toBeGreaterThan(near * 1.03);
    expect(far).toBeLessThan(near * 1.2);
    const lively = drainAhead({ ...calm, liveliness: 3 }, 240).percentPerMinute;
    expect(lively).toBeGreaterThan(far * 1.05);
  });

  it('widens its spread for a machine that keeps surprising it', () => {
    let moody = accustomed();
    for (let minute = 0; minute < 120; minute++) {
      const drain = Math.floor(minute / 10) % 2 === 0 ? 0.05 : 1;
      moody = learnDrain(ageDrainMemory(moody, 1, false), drain, 1);
    }
    expect(moody.liveliness).toBeGreaterThan(2);
    expect(drainAhead(moody, 60).logVariance).toBeGreaterThan(
      drainAhead(lived(accustomed(), 0.25, 120), 60).logVariance * 2,
    );
  });

  it('keeps a covariance that is one, over years', () => {
    let memory = emptyDrainMemory();
    for (let day = 0; day < 800; day++) {
      memory = ageDrainMemory(
        lived(memory, 0.2 + (day % 7) / 20, 20),
        24 * 60 * (day % 50 === 0 ? 30 : 1),
        true,
      );
    }
    for (let i = 0; i < 3; i++) {
      expect(memory.covariance[i]![i]).toBeGreaterThan(0);
      for (let j = 0; j < 3; j++) {
        expect(memory.covariance[i]![j]).toBeCloseTo(memory.covariance[j]![i]!, 10);
      }
    }
    expect(memory.covariance[0][0]).toBeLessThanOrEqual(0.5);
  });
});
