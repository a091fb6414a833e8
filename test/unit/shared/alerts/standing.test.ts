import { describe, expect, it } from 'vitest';

import type { AlertFacts } from '../../../../shared/alerts/alert-rule.ts';
import { ALERT_RULES } from '../../../../shared/alerts/registry.ts';
import {
  listedAlerts,
  publicAlert,
  standingDueMs,
  stepStanding,
  type Sightings,
} from '../../../../shared/alerts/standing.ts';
import {
  alertFacts,
  onBattery,
  pluggedIn,
  soundProject,
  withEnergy,
} from '../../../fakes/alert-snapshots.ts';

const NOW_MS = Date.parse('2026-01-05T10:00:00Z');

function lookout(carried = new Map<string, number>()) {
  let sightings: Sightings = new Map();
  const faults: unknown[] = [];
  return {
    faults,
    dueMs: (monotonicMs: number) => standingDueMs(sightings, monotonicMs),
    at(seconds: number, facts: Partial<AlertFacts>) {
      const monotonicMs = seconds * 1000;
      const step = stepStanding(sightings, ALERT_RULES, {
        facts: alertFacts({ nowMs: NOW_MS + monotonicMs, ...facts }),
        monotonicMs,
        carried,
        onFault: (error) => faults.push(error),
      });
      ({ sightings } = step);
      return listedAlerts(step.standing);
    },
  };
}

const heat = {
  snapshot: withEnergy({
    ...pluggedIn(80).energy,
    thermal: { ...pluggedIn(80).energy.thermal, coolingStatus: 'HOT', hottestC: 92 },
  }),
} as const;

describe('what stands', () => {
  it('must hold for as long as the alert says, and be gone for as long', () => {
    const look = lookout();
    expect(look.at(0, heat)).toEqual([]);
    expect(look.dueMs(0)).toBe(120_000);
    expect(look.at(119, heat)).toEqual([]);
    expect(look.at(120, heat)).toMatchObject([{ code: 'hot', since: '2026-01-05T10:00:00.000Z', id: 'hot' }]);
    expect(look.dueMs(120_000)).toBeNull();
    expect(look.at(130, {})).toHaveLength(1);
    expect(look.dueMs(130_000)).toBe(60_000);
    expect(look.at(189, {})).toHaveLength(1);
    expect(look.at(190, {})).toEqual([]);
  });

  it('that flickers never becomes an alert', () => {
    const look = lookout();
    for (let second = 0; second < 600; second += 60) {
      expect(look.at(second, heat)).toEqual([]);
      expect(look.at(second + 30, {})).toEqual([]);
    }
  });

  it('stood before a restart stands at once, since then', () => {
    const look = lookout(new Map([['hot', NOW_MS - 3_600_000]]));
    expect(look.at(0, heat)).toMatchObject([{ code: 'hot', since: '2026-01-05T09:00:00.000Z' }]);
  });

  it('is listed worst first, then oldest; a step is not listed', () => {
    const halted = (id: string, since: string) =>
      soundProject({ id, halt: { by: 'scores', who: 'core', why: 'x', since, until: null } });
    const snapshot = onBattery(4, {
      projects: [halted('young', '2026-01-05T09:30:00Z'), halted('old', '2026-01-05T09:00:00Z')],
      notes: [{ code: 'gates-skipped', text: 'One gate was skipped.' }],
    });
    expect(
      lookout()
        .at(0, { snapshot })
        .map(({ id }) => id),
    ).toEqual(['energy-critical', 'halted/old', 'halted/young', 'hook-skipped']);
    expect(lookout().at(0, { snapshot: onBattery(50) })).toEqual([]);
  });

  it('goes on when one rule fails', () => {
    const look = lookout();
    const broken = { ...onBattery(4), projects: null as never };
    expect(look.at(0, { snapshot: broken }).map(({ code }) => code)).toEqual(['energy-critical']);
    expect(look.faults.length).toBeGreaterThan(0);
  });

  it('leaves this machine without what is private', () => {
    const snapshot = pluggedIn(80, {
      projects: [
        soundProject({
          halt: {
            by: 'person',
            who: 'ann',
            why: 'secret customer',
            since: '2026-01-05T09:00:00Z',
            until: null,
          },
        }),
      ],
    });
    const [alert] = lookout().at(0, { snapshot });
    expect(alert?.text).toContain('secret customer');
    expect(JSON.stringify(publicAlert(alert!))).not.toContain('secret customer');
  });
});
