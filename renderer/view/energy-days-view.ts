import type { EnergyDay, EnergyDaysReply } from '../../shared/contract/energy-ledger.ts';
import { minutesText } from '../../shared/view/quantities.ts';
import type { Words } from '../words/words.ts';
import { wattHoursText } from './record-view.ts';

/** One day of the chart. Shares are 0..1 of the chart's height, from its foot. */
export interface DayBar {
  readonly day: string;
  readonly measuredShare: number;
  /** Stands on top of the measured part. */
  readonly modelledShare: number;
  /** Awake, and nothing told the draw. */
  readonly isUnmeasured: boolean;
  /** The day in a sentence. */
  readonly text: string;
}

export interface EnergyChart {
  /** Heights with a line, lowest first; empty when no day is known. */
  readonly ticks: readonly { readonly share: number; readonly text: string }[];
  readonly bars: readonly DayBar[];
  readonly knownDays: number;
}

/** The days as bars under a round number of watt-hours. */
export function energyChart({ days }: EnergyDaysReply, words: Words): EnergyChart {
  const topWh = roundAbove(Math.max(0, ...days.map(({ energyWh }) => energyWh ?? 0)));
  const shareOf = (wattHours: number | null): number => (topWh === 0 ? 0 : (wattHours ?? 0) / topWh);
  return {
    ticks: topWh === 0 ? [] : [0, 0.5, 1].map((share) => ({ share, text: tickText(topWh * share) })),
    bars: days.map((day) => ({
      day: day.day,
      measuredShare: shareOf(day.measuredWh),
      modelledShare: shareOf(day.modelledWh),
      isUnmeasured: day.energyWh === null && day.awakeSeconds > 0,
      text: dayText(day, words),
    })),
    knownDays: days.filter(({ energyWh }) => energyWh !== null).length,
  };
}

/** "Mon 5 Jan: 12 Wh measured, over 3 h of 8 h awake." */
export function dayText(day: EnergyDay, words: Words): string {
  const { readout, provenance } = words.energyPage;
  const name = dayName(day.day);
  if (day.energyWh === null) {
    return day.awakeSeconds === 0
      ? readout.notRunning(name)
      : readout.unmeasured(name, minutesText(day.awakeSeconds / 60));
  }
  const [energy, covered] = [wattHoursText(day.energyWh), coveredText(day, words)];
  return day.measuredWh !== null && day.modelledWh !== null
    ? readout.partly(name, energy, wattHoursText(day.modelledWh), covered)
    : readout.known(name, energy, provenance[day.provenance], covered);
}

/** "over 3 h of 8 h awake". */
export function coveredText({ awakeSeconds, coveredPercent }: EnergyDay, words: Words): string {
  const awake = minutesText(awakeSeconds / 60);
  const known = minutesText((awakeSeconds * coveredPercent) / 100 / 60);
  return coveredPercent > 99.5 ? words.energyPage.coveredAll(awake) : words.energyPage.covered(known, awake);
}

/** What the days come to together, over those of which it is known. */
export interface EnergySum {
  /** Null when no day is known. */
  readonly energyWh: number | null;
  readonly provenance: EnergyDay['provenance'];
  readonly knownDays: number;
  readonly own: {
    readonly energyWh: number | null;
    readonly cpuSeconds: number;
    /** 0..1 of the same days' energy; null when it cannot be said. */
    readonly share: number | null;
  };
}

export function energySum(days: readonly EnergyDay[]): EnergySum {
  const known = days.filter(({ energyWh }) => energyWh !== null);
  const both = known.filter(({ own }) => own.energyWh !== null);
  const sum = (list: readonly EnergyDay[], of: (day: EnergyDay) => number | null): number =>
    list.reduce((all, day) => all + (of(day) ?? 0), 0);
  const besideWh = sum(both, ({ energyWh }) => energyWh);
  const ownWh = sum(both, ({ own }) => own.energyWh);
  const isModelled = known.some(({ provenance }) => provenance === 'modelled');
  return {
    energyWh: known.length === 0 ? null : sum(known, ({ energyWh }) => energyWh),
    provenance: known.length === 0 ? 'unknown' : isModelled ? 'modelled' : 'measured',
    knownDays: known.length,
    own: {
      energyWh: both.length === 0 ? null : ownWh,
      cpuSeconds: sum(days, ({ own }) => own.cpuSeconds),
      share: besideWh === 0 ? null : ownWh / besideWh,
    },
  };
}

/** "Mon 5 Jan" where the person is; the day is a calendar day, so no zone may move it. */
export function dayName(day: string): string {
  return new Intl.DateTimeFormat(undefined, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  }).format(new Date(day));
}

/** "5 Jan". */
export function dayLabel(day: string): string {
  return new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(
    new Date(day),
  );
}

/** "0.42 Wh, measured"; "not measured" where nothing told it, never zero. */
export function drawnText(
  { energyWh, energyProvenance }: { energyWh: number | null; energyProvenance: EnergyDay['provenance'] },
  words: Words,
): string {
  const { energyPage: said } = words;
  if (energyWh === null || energyProvenance === 'unknown') return said.notMeasured;
  return words.page.deployments.energy(wattHoursText(energyWh), said.provenance[energyProvenance]);
}

/** Positions of at most `most` labels, the last day always among them, evenly apart. */
export function labelled(count: number, most: number): readonly number[] {
  const step = Math.max(1, Math.ceil(count / most));
  const places = [];
  for (let index = count - 1; index >= 0; index -= step) places.unshift(index);
  return places;
}

/** The next of 1, 2, 5, 10, 20, 50 ... that is not below; 0 for 0. */
function roundAbove(wattHours: number): number {
  if (wattHours <= 0) return 0;
  const unit = 10 ** Math.floor(Math.log10(wattHours));
  return [1, 2, 5, 10].map((times) => times * unit).find((round) => round >= wattHours) ?? wattHours;
}

function tickText(wattHours: number): string {
  return `${String(Number(wattHours.toPrecision(2)))}\u202fWh`;
}

/** "under 1 s", "12 s", "3 min", "1 h 25 min". */
export function cpuTimeText(seconds: number): string {
  if (seconds < 1) return `under 1\u202fs`;
  return seconds < 90 ? `${Math.round(seconds)}\u202fs` : minutesText(seconds / 60);
}
