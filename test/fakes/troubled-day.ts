import { laptop, ups } from './power-readings.ts';
import { randomFrom } from './seeded-random.ts';
import type { PowerReading, UpsReading } from '../../shared/contract/energy.ts';
import type { BatteryState } from '../../shared/contract/vocabulary.ts';

/** What one look of the day shows; the truth beside it is for the test alone. */
export interface TroubledLook {
  /** Null: the read failed. */
  readonly reading: PowerReading | null;
  readonly sleptMs: number;
  readonly wallJumpMs: number;
  readonly cordIn: boolean;
}

/** A laptop behind a UPS whose cord, gauge, UPS, clock and lid all misbehave; the same for the same seed. */
export function troubledDay(seed: number): () => TroubledLook {
  const random = randomFrom(seed);
  const between = (low: number, high: number) => low + (high - low) * random();
  const happens = (perDay: number) => random() < perDay / 43_200;
  let percent = between(20, 95);
  let cordIn = random() < 0.5;
  let drawW = 10;
  let chargerW = 45;
  let failingFor = 0;
  let lyingFor = 0;
  let lie: number | null = 0;
  let flutteringFor = 0;
  let upsTroubleFor = 0;
  let upsTrouble: Partial<UpsReading> = {};
  return () => {
    if (happens(20)) cordIn = !cordIn;
    if (happens(6)) flutteringFor = Math.ceil(between(5, 200));
    if (happens(200)) drawW = between(4, 60);
    if (happens(8)) chargerW = between(10, 65);
    if (happens(60)) failingFor = Math.ceil(between(1, 60));
    if (happens(100)) {
      lyingFor = Math.ceil(between(1, 15));
      lie = [0, -1, 65_535, Number.NaN, null, between(0, 100), 101, 104][Math.floor(between(0, 8))] ?? null;
    }
    if (happens(40)) {
      upsTroubleFor = Math.ceil(between(1, 30));
      upsTrouble = pickUpsTrouble(random());
    }
    const fluttersNow = flutteringFor > 0 && random() < 0.5;
    flutteringFor = Math.max(0, flutteringFor - 1);
    const seesCord = fluttersNow ? !cordIn : cordIn;
    const netW = cordIn ? Math.min(30, chargerW - drawW) : -drawW;
    percent = Math.min(100, Math.max(0.6, percent + (netW / 50 / 1_800) * 100));
    if (percent <= 1) cordIn = true;
    const state: BatteryState = cordIn && netW >= 0 ? (percent >= 100 ? 'full' : 'charging') : 'discharging';
    const status = random() < 0.01 ? 'unknown' : state;
    const noisy = Math.min(100, Math.max(0.5, percent + between(-0.4, 0.4)));
    const shown = lyingFor > 0 ? lie : noisy;
    lyingFor = Math.max(0, lyingFor - 1);
    const upsNow = ups(upsTroubleFor > 0 ? upsTrouble : {});
    upsTroubleFor = Math.max(0, upsTroubleFor - 1);
    const failed = failingFor > 0;
    failingFor = Math.max(0, failingFor - 1);
    return {
      reading: failed
        ? null
        : laptop({
            percent: shown,
            ac: seesCord,
            status,
            powerW: random() < 0.02 ? 65_535 : netW,
            ups: [upsNow],
          }),
      sleptMs: happens(8) ? between(1, 8 * 3_600) * 1000 : 0,
      wallJumpMs: happens(5) ? between(-86_400, 86_400) * 1000 : 0,
      cordIn,
    };
  };
}

function pickUpsTrouble(chance: number): Partial<UpsReading> {
  if (chance < 0.3) return { onBattery: true, chargePercent: 90 };
  if (chance < 0.5) return { problem: 'connection refused' };
  if (chance < 0.6) return { commLost: true, onBattery: null };
  if (chance < 0.7) return { off: true, onBattery: null, status: 'OFF' };
  if (chance < 0.8) return { calibrating: true, onBattery: true, status: 'OB CAL' };
  if (chance < 0.9) return { onBattery: null, status: '' };
  return { onBattery: true, forcedShutdown: true, lowBattery: true, status: 'FSD OB LB' };
}
