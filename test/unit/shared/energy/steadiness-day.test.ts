import { describe, expect, it } from 'vitest';

import { initialPlausibility, plausible } from '../../../../shared/energy/plausibility.ts';
import { initialSteadiness, steady } from '../../../../shared/energy/steadiness.ts';
import { RANKED_LEVELS } from '../../../../shared/contract/vocabulary.ts';
import { troubledDay } from '../../../fakes/troubled-day.ts';
import type { SteadyEnergy, SteadyEvent } from '../../../../shared/energy/steadiness.ts';
import type { RankedLevel } from '../../../../shared/contract/vocabulary.ts';

const LOOKS_A_DAY = 43_200;

interface Moment {
  readonly energy: SteadyEnergy;
  readonly before: SteadyEnergy;
  readonly events: readonly SteadyEvent[];
  readonly stateSizeBytes: number;
}

function* aDay(seed: number): Generator<Moment> {
  const nextLook = troubledDay(seed);
  let plausibility = initialPlausibility();
  let steadiness = initialSteadiness();
  for (let at = 0; at < LOOKS_A_DAY; at += 1) {
    const look = nextLook();
    const monotonicMs = at * 2_000;
    const woke = look.sleptMs > 90_000;
    const before = steadiness.energy;
    const checked =
      look.reading === null || woke ? null : plausible(plausibility, look.reading.supplies, monotonicMs);
    plausibility = woke ? initialPlausibility() : (checked?.state ?? plausibility);
    const steadied = steady(steadiness, {
      reading:
        checked === null || look.reading === null
          ? null
          : { supplies: checked.supplies, ups: look.reading.ups, readAt: look.reading.readAt },
      ...(typeof checked?.heldSinceMs === 'number' ? { heldSinceMs: checked.heldSinceMs } : {}),
      batterySwapped: checked?.swapped ?? false,
      woke,
      alwaysOnMains: false,
      monotonicMs,
    });
    steadiness = steadied.state;
    const stateSizeBytes =
      at % 100 === 0 ? JSON.stringify(plausibility).length + JSON.stringify(steadiness).length : 0;
    yield {
      energy: steadied.energy,
      before,
      events: steadied.events,
      stateSizeBytes,
    };
  }
}

describe.each([1, 2, 3, 4, 5, 6, 7, 8])('24 hours of trouble, seed %i', (seed) => {
  it('never rises on battery, never repeats itself, never grows, never says 0 %', () => {
    const wrong: string[] = [];
    const seen = new Set<string>();
    let largest = 0;
    let changes = 0;
    let said = 'UNKNOWN';
    for (const { energy, before, events, stateSizeBytes } of aDay(seed)) {
      const staysOut = before.onExternalPower === false && energy.onExternalPower === false;
      if (staysOut && before.level !== 'UNKNOWN' && rank(energy.level) > rank(before.level)) {
        wrong.push(`rose on battery: ${before.why} -> ${energy.why}`);
      }
      for (const event of events) {
        seen.add(event.kind);
        if (event.kind !== 'level') continue;
        if (event.from !== said || event.to === said) wrong.push(`said twice: ${event.from} -> ${event.to}`);
        said = event.to;
        changes += 1;
      }
      if (energy.level !== said) wrong.push(`not said: ${energy.level}`);
      if (energy.percent !== null && !(energy.percent > 0 && energy.percent <= 100)) {
        wrong.push(`impossible: ${energy.percent} %`);
      }
      largest = Math.max(largest, stateSizeBytes);
    }
    expect(wrong).toEqual([]);
    expect([...seen]).toEqual(
      expect.arrayContaining(['level', 'feed', 'weak-charger', 'charger-recovered', 'ups-silent']),
    );
    expect(largest).toBeLessThan(2_000);
    // 20 flips of the cord, 8 naps, and outages of the UPS: each may change the level twice.
    expect(changes).toBeLessThan(200);
  });
});

function rank(level: string): number {
  return RANKED_LEVELS.indexOf(level as RankedLevel);
}
