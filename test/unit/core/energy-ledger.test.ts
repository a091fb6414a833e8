import { beforeEach, describe, expect, it } from 'vitest';

import { createEnergyLedger, type EnergyLedger } from '../../../core/energy-ledger.ts';
import { localDay } from '../../../core/energy-ledger-days.ts';
import { createMemoryRecord } from '../../../core/history/memory-record.ts';
import type { RecordStore } from '../../../core/history/record.ts';
import { energyDaysQuerySchema, energyDaysReplySchema } from '../../../shared/contract/energy-ledger.ts';
import { initialMeter, meterReading, type Draw } from '../../../shared/energy/energy-meter.ts';
import { fakeClock, type FakeClock } from '../../fakes/fake-clock.ts';

/** A machine that drains 12 W while on battery and is silent about its draw elsewhere. */
class Machine {
  readonly clock: FakeClock = fakeClock('2026-01-05T12:00:00');
  meter = initialMeter();
  onBattery = true;
  cpuMs = 5_000;
  #energyWh = 40;

  ledger(store: RecordStore): EnergyLedger {
    return createEnergyLedger({
      clock: this.clock,
      store,
      totals: () => this.meter.totals,
      draw: (): Draw =>
        this.onBattery ? { powerW: 12, provenance: 'measured' } : { powerW: null, provenance: 'unknown' },
      cpuTimeMs: () => this.cpuMs,
    });
  }

  async run(ledger: EnergyLedger, minutes: number): Promise<void> {
    for (let step = 0; step < minutes * 2; step += 1) {
      await this.clock.advanceMs(30_000);
      if (this.onBattery) this.#energyWh -= 0.1;
      this.cpuMs += 150;
      this.look();
      ledger.count();
    }
  }

  look(): void {
    this.meter = meterReading(this.meter, {
      monotonicMs: this.clock.monotonicMs(),
      onBattery: this.onBattery,
      energyWh: this.#energyWh,
      powerW: this.onBattery ? -12 : 3,
      modelledPowerW: null,
      afterGap: false,
    });
  }
}

describe('energy ledger', () => {
  let machine: Machine;
  let store: RecordStore;
  let ledger: EnergyLedger;

  beforeEach(() => {
    machine = new Machine();
    store = createMemoryRecord();
    machine.look();
    ledger = machine.ledger(store);
  });
  const today = (): ReturnType<EnergyLedger['days']>['days'][number] => ledger.days({}).days.at(-1)!;

  it('counts what the battery gave, and says it was measured', async () => {
    await machine.run(ledger, 60);
    const day = today();
    expect(day.day).toBe('2026-01-05');
    expect(day.energyWh).toBeCloseTo(12, 6);
    expect(day).toMatchObject({ provenance: 'measured', modelledWh: null, awakeSeconds: 3600 });
    expect(day.coveredPercent).toBe(100);
  });

  it('does not know what is drawn while plugged in: null, not zero', async () => {
    machine.onBattery = false;
    machine.look();
    await machine.run(ledger, 60);
    const day = today();
    expect(day).toMatchObject({ energyWh: null, measuredWh: null, provenance: 'unknown', coveredPercent: 0 });
    expect(day.awakeSeconds).toBe(3600);
    expect(day.own).toMatchObject({ energyWh: null, provenance: 'unknown' });
    expect(day.own.cpuSeconds).toBeCloseTo(18, 6);
  });

  it('says which part of a mixed day is covered', async () => {
    await machine.run(ledger, 30);
    machine.onBattery = false;
    await machine.run(ledger, 30);
    const day = today();
    expect(day.energyWh).toBeCloseTo(6, 1);
    expect(day.coveredPercent).toBeCloseTo(50, -1);
  });

  it('tells its own share as CPU time by the draw, never more than the whole machine', async () => {
    await machine.run(ledger, 60);
    // 18 s of CPU at 12 W.
    expect(today().own.energyWh).toBeCloseTo((18 / 3600) * 12, 6);
    machine.cpuMs += 10 * 60_000;
    await machine.run(ledger, 0.5);
    expect(today().own.energyWh).toBeCloseTo((48 / 3600) * 12, 6);
    expect(today().own.provenance).toBe('modelled');
  });

  it('starts a new day at local midnight', async () => {
    machine.clock.jumpWallMs(11.5 * 3_600_000);
    await machine.run(ledger, 60);
    const days = ledger.days({}).days.slice(-2);
    expect(days.map(({ day }) => day)).toEqual(['2026-01-05', '2026-01-06']);
    expect(days.map(({ energyWh }) => Math.round((energyWh ?? 0) * 10) / 10)).toEqual([5.9, 6.1]);
  });

  it('counts nothing while the machine sleeps', async () => {
    await machine.run(ledger, 10);
    machine.clock.sleepMs(8 * 3_600_000);
    await machine.clock.advanceMs(120_000);
    machine.look();
    ledger.count();
    expect(today().awakeSeconds).toBe(600);
  });

  it('goes on where it was after a restart, and loses five minutes at most without a stop', async () => {
    await machine.run(ledger, 58);
    machine.meter = initialMeter();
    machine.look();
    const next = machine.ledger(store);
    const kept = next.days({}).days.at(-1)!;
    expect(kept.awakeSeconds).toBeGreaterThanOrEqual(53 * 60);
    await machine.run(next, 10);
    expect(next.days({}).days.at(-1)!.awakeSeconds).toBe(kept.awakeSeconds + 600);
    next.keep();
    expect(machine.ledger(store).days({}).days.at(-1)!.awakeSeconds).toBe(kept.awakeSeconds + 600);
  });

  it('keeps the months apart and reads them together', async () => {
    await machine.run(ledger, 10);
    machine.clock.jumpWallMs(31 * 86_400_000);
    await machine.run(ledger, 10);
    ledger.keep();
    const { days, from, to, today: now } = machine.ledger(store).days({ from: '2026-01-01' });
    expect([from, to, now]).toEqual(['2026-01-01', '2026-02-05', '2026-02-05']);
    expect(days.filter(({ awakeSeconds }) => awakeSeconds > 0).map(({ day }) => day)).toEqual([
      '2026-01-05',
      '2026-02-05',
    ]);
    expect(days).toHaveLength(36);
  });

  it.each(['{', 'null', '[]', '{"2026-01-05":{}}', '{"2026-01-05":7}', '{"2026-01-05":null}'])(
    'begins anew over a text that is not its own: %s',
    async (text) => {
      store.setControl('energy-ledger/2026-01', text, 0);
      const anew = machine.ledger(store);
      expect(anew.days({}).days.every(({ energyWh }) => energyWh === null)).toBe(true);
      await machine.run(anew, 10);
      expect(anew.days({}).days.at(-1)!.energyWh).toBeCloseTo(2, 6);
    },
  );

  it('tells 30 days unless asked, 400 at most, in the shape it promises', () => {
    expect(ledger.days({}).days).toHaveLength(30);
    expect(ledger.days({ from: '2020-01-01' }).days).toHaveLength(400);
    expect(ledger.days({ to: '2025-12-31' }).to).toBe('2025-12-31');
    expect(ledger.days({ from: '2027-01-01' }).days).toHaveLength(1);
    expect(energyDaysReplySchema.safeParse(ledger.days({})).success).toBe(true);
  });
});

describe('a question for energy days', () => {
  it.each([
    [{ from: '2026-02-30' }, 'from'],
    [{ from: 'yesterday' }, 'from'],
    [{ from: '2026-01-02', to: '2026-01-01' }, 'from'],
    [{ from: '2020-01-01', to: '2026-01-01' }, 'from'],
    [{ to: '26-01-01' }, 'to'],
  ])('%j is refused at its field', (query, field) => {
    expect(energyDaysQuerySchema.safeParse(query).error?.issues[0]?.path).toEqual([field]);
  });
});

describe('a local day', () => {
  it('is the day on the wall, not in Greenwich', () => {
    expect(localDay(new Date(2026, 0, 31, 23, 59).getTime())).toBe('2026-01-31');
    expect(localDay(new Date(2026, 1, 1, 0, 0).getTime())).toBe('2026-02-01');
  });
});
