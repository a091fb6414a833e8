import { expect, it } from 'vitest';

import { createEnergyAccount } from '../../../../core/energy-account.ts';
import type { JobRecord } from '../../../../core/remediation/job-record.ts';
import { createJobTally } from '../../../../core/remediation/job-tally.ts';
import type { EnergyState } from '../../../../shared/contract/energy.ts';
import { bareSnapshot } from '../../../fakes/bare-snapshot.ts';
import { fakeClock } from '../../../fakes/fake-clock.ts';

const MINUTE_MS = 60_000;
const drawing = (powerW: number | null, onExternalPower: boolean): EnergyState => ({
  ...bareSnapshot('MEDIUM').energy,
  onExternalPower,
  netPowerW: powerW === null ? null : -powerW,
  supplies: [
    {
      name: 'BAT0',
      kind: 'battery',
      scope: 'system',
      source: 'sysfs',
      online: null,
      status: 'discharging',
      percent: 50,
      energyWh: null,
      energyFullWh: null,
      powerW: powerW === null ? null : -powerW,
      counted: true,
      reason: 'system battery',
      readAt: '2026-01-05T10:00:00.000Z',
    },
  ],
});

it('counts the watt-hours of the time it ran, not of its pauses, and says they were measured', async () => {
  const clock = fakeClock();
  const account = createEnergyAccount(clock);
  const tally = createJobTally(account);
  let record = {
    id: 'a',
    state: 'running',
    ranMs: 0,
    pausedMs: 0,
    energyWh: null,
    energyProvenance: 'unknown',
  } as JobRecord;
  const minutes = async (count: number, energy: EnergyState): Promise<void> => {
    for (let done = 0; done < count; done += 1) {
      await clock.advanceMs(MINUTE_MS);
      account.take(energy);
      record = { ...record, ...tally.count(record, MINUTE_MS, clock.wallMs()) };
    }
  };
  account.take(drawing(12, false));
  tally.begin('a');
  await minutes(30, drawing(12, false));
  expect(record.energyWh).toBeCloseTo(6, 5);
  record = { ...record, state: 'paused' };
  await minutes(60, drawing(12, false));
  record = { ...record, state: 'running' };
  tally.begin('a');
  await minutes(5, drawing(12, false));
  expect(record).toMatchObject({
    ranMs: 35 * MINUTE_MS,
    pausedMs: 60 * MINUTE_MS,
    energyProvenance: 'measured',
  });
  expect(record.energyWh).toBeCloseTo(7, 5);
  await minutes(60, drawing(null, true));
  expect(record.energyWh).toBeCloseTo(7, 1);
});
