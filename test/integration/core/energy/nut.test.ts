import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { readNutOnce } from '../../../../core/energy/nut.ts';
import { createUpsPoller } from '../../../../core/energy/ups-poller.ts';
import type { UpsPoller } from '../../../../core/energy/ups-poller.ts';
import { systemClock } from '../../../../core/system-clock.ts';
import type { UpsReading } from '../../../../shared/contract/energy.ts';
import { recordedDir } from '../../../fixtures/recorded.ts';
import { eventually, NUT_IS_HERE, startNutServer } from '../../nut-server.ts';
import type { NutServer } from '../../nut-server.ts';

const clock = systemClock;
const dump = (status: string) =>
  `battery.charge: 90\nbattery.runtime: 1200\nups.load: 18\nups.mfr: Own\nups.status: ${status}\n`;

describe.skipIf(!NUT_IS_HERE)('a real upsd (needs Debian package nut-server)', () => {
  let nut: NutServer;
  let poller: UpsPoller | null = null;
  beforeAll(async () => {
    nut = await startNutServer({ rack: dump('OL'), desk: dump('OL CHRG') });
    await eventually('both UPSes', async () =>
      (await readNutOnce(nut.address, { clock })).every((reading) => reading.problem === null),
    );
  });
  afterEach(() => {
    poller?.stop();
    poller = null;
  });
  afterAll(() => nut.stop());

  const watch = (): (() => UpsReading | undefined) => {
    const energy = {
      nut: nut.address,
      nutUser: 'watcher',
      nutPasswordFile: null,
      nutCaFile: null,
      apcupsd: null,
      feedingUps: `rack@${nut.address}`,
    };
    const readPassword = () => Promise.resolve('for-this-test-only');
    const made = createUpsPoller({ clock, energy, chance: () => 0.5, readPassword });
    poller = made;
    made.start();
    return () => made.readings().find((reading) => reading.feedsThisMachine);
  };
  const until = (what: string, isSo: () => boolean, limitMs = 30_000) =>
    eventually(what, () => Promise.resolve(isSo()), limitMs);

  it('is read once', async () => {
    expect(await readNutOnce(nut.address, { clock, feedingUps: `desk@${nut.address}` })).toMatchObject([
      { name: `rack@${nut.address}`, status: 'OL', feedsThisMachine: false, problem: null },
      {
        name: `desk@${nut.address}`,
        status: 'OL CHRG',
        onBattery: false,
        chargePercent: 90,
        runtimeSeconds: 1200,
        loadPercent: 18,
        feedsThisMachine: true,
      },
    ]);
  });

  it('tells of a power cut step by step', async () => {
    const rack = watch();
    await until('on line', () => rack()?.onBattery === false);
    for (const [status, seen] of [
      ['OB DISCHRG', { onBattery: true, lowBattery: false, forcedShutdown: false }],
      ['OB LB DISCHRG', { onBattery: true, lowBattery: true, forcedShutdown: false }],
      ['FSD OB LB', { onBattery: true, lowBattery: true, forcedShutdown: true }],
      ['OL CHRG', { onBattery: false, lowBattery: false, forcedShutdown: false }],
    ] as const) {
      nut.show('rack', dump(status));
      await until(status, () => rack()?.status === status);
      expect(rack()).toMatchObject({ ...seen, problem: null });
    }
  });

  it('that freezes is told with the cause within 3 s, and believed again when it goes on', async () => {
    nut.freezeServer();
    try {
      const startedMs = performance.now();
      const [reading] = await readNutOnce(nut.address, { clock });
      expect(performance.now() - startedMs).toBeLessThan(3000);
      expect(reading?.problem).toMatch(/did not answer within 2\.5 s/);
    } finally {
      nut.thawServer();
    }
    await until('answers', () => true);
    expect((await readNutOnce(nut.address, { clock }))[0]?.problem).toBeNull();
  });

  it('that freezes in the middle goes stale after 15 s and keeps its last word', async () => {
    const rack = watch();
    await until('first answer', () => rack()?.problem === null);
    const cutMs = performance.now();
    nut.freezeServer();
    try {
      await until('stale', () => rack()?.problem !== null);
      expect(performance.now() - cutMs).toBeGreaterThan(9_000);
      expect(performance.now() - cutMs).toBeLessThan(16_500);
      expect(rack()).toMatchObject({ onBattery: false, chargePercent: 90 });
      expect(rack()?.problem).toMatch(/^not answering for 1[5-6] s: .*did not answer within 3 s$/);
    } finally {
      nut.thawServer();
    }
    await until('answers again', () => rack()?.problem === null);
  });

  it('that is killed and started again is found again', async () => {
    const rack = watch();
    await until('first answer', () => rack()?.problem === null);
    await nut.killServer();
    await until('cause is known', () => /ECONNREFUSED/.test(poller?.sources()[0]?.problem ?? ''));
    expect(rack()).toMatchObject({ onBattery: false, problem: null });
    const before = rack()?.readAt ?? '';
    await nut.startServer();
    await until('answers again', () => (rack()?.readAt ?? '') > before && rack()?.problem === null);
    expect(poller?.sources()[0]).toMatchObject({ problem: null, failuresInARow: 0 });
  });

  it('whose driver hangs says DATA-STALE of that UPS alone', async () => {
    const rack = watch();
    await until('first answer', () => rack()?.problem === null);
    nut.freezeDriver('rack');
    try {
      await until('stale', () => rack()?.commLost === true);
      expect(rack()).toMatchObject({ onBattery: false, chargePercent: 90 });
      expect(rack()?.problem).toBe('data stale: the driver hears nothing from the UPS (DATA-STALE)');
      const readings = await readNutOnce(nut.address, { clock });
      expect(readings.map((reading) => reading.commLost)).toEqual([true, false]);
    } finally {
      nut.thawDriver('rack');
    }
    await until('answers again', () => rack()?.problem === null);
  });

  it('whose driver dies says so of that UPS alone, and its last values stay', async () => {
    const rack = watch();
    await until('first answer', () => rack()?.problem === null);
    await nut.killDriver('rack');
    await until('lost', () => rack()?.commLost === true);
    expect(rack()).toMatchObject({ onBattery: false, chargePercent: 90 });
    expect(rack()?.problem).toMatch(/DRIVER-NOT-CONNECTED|DATA-STALE/);
    const readings = await readNutOnce(nut.address, { clock });
    expect(readings.map((reading) => reading.commLost)).toEqual([true, false]);
    expect(readings[0]).toMatchObject({ onBattery: null, chargePercent: null });
  });
});

interface Expected {
  readonly status: string;
  readonly source: 'mains' | 'battery' | null;
  readonly low_battery: boolean;
  readonly charge_percent: number | null;
  readonly load_percent: number | null;
}

const recorded = recordedDir('ups');

describe.skipIf(!NUT_IS_HERE)('a real upsd with recorded dumps (needs Debian package nut-server)', () => {
  describe.skipIf(recorded === null)('every dump (needs ../shared/fixtures/ups)', () => {
    it('reads as expected', async () => {
      const dir = recorded ?? '';
      const files = readdirSync(dir)
        .filter((name) => name.endsWith('.dev'))
        .sort();
      const expected = JSON.parse(readFileSync(join(dir, 'EXPECTED.json'), 'utf8')) as Record<
        string,
        Expected
      >;
      const possible = (value: number | null, max: number) =>
        value !== null && value >= 0 && value <= max ? value : null;
      for (let at = 0; at < files.length; at += 24) {
        const batch = files.slice(at, at + 24);
        const nut = await startNutServer(
          Object.fromEntries(batch.map((name, n) => [`u${n}`, readFileSync(join(dir, name), 'utf8')])),
        );
        try {
          let readings: UpsReading[] = [];
          await eventually('all UPSes', async () => {
            readings = await readNutOnce(nut.address, { clock });
            return readings.length === batch.length && readings.every((reading) => reading.problem === null);
          });
          const seen = readings.map((reading, n) => ({ file: batch[n], ...reading }));
          expect(seen).toMatchObject(
            batch.map((file) => {
              const want = expected[file]!;
              return {
                file,
                status: want.status,
                onBattery: want.source === null ? null : want.source === 'battery',
                lowBattery: want.low_battery,
                chargePercent: possible(want.charge_percent, 100),
                loadPercent: possible(want.load_percent, Infinity),
              };
            }),
          );
        } finally {
          await nut.stop();
        }
      }
    }, 120_000);
  });
});
