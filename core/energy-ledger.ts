import type { EnergyDaysQuery, EnergyDaysReply } from '../shared/contract/energy-ledger.ts';
import type { Draw, EnergyMeter } from '../shared/energy/energy-meter.ts';
import type { Clock } from './clock.ts';
import type { ControlStore } from './controls.ts';
import { dayAfter, energyDay, localDay, NOTHING_COUNTED, type CountedDay } from './energy-ledger-days.ts';

/** Watt-hours by local day, kept across restarts. */
export interface EnergyLedger {
  /** Counts what was drawn since the call before. */
  count(): void;
  /** Without a word the last 30 days. At most 400 days are told; a longer stretch is cut at its start. */
  days(query: EnergyDaysQuery): EnergyDaysReply;
  /** Writes what is not written yet. */
  keep(): void;
}

export interface EnergyLedgerParts {
  readonly clock: Clock;
  readonly store: ControlStore;
  /** What the machine's meter counted since it began. */
  readonly totals: () => EnergyMeter['totals'];
  readonly draw: () => Draw;
  /** CPU time of this process since it began, milliseconds, all threads. */
  readonly cpuTimeMs: () => number;
}

type Month = Record<string, CountedDay>;

/** So much is lost at most when the process is killed; the day then says that it covers less. */
const KEEP_EVERY_MS = 5 * 60_000;
const LISTED_DAYS = 30;
const MOST_DAYS = 400;
const MS_PER_HOUR = 3_600_000;

/** Each month is a text of its own, so that a write stays small however long the ledger grows. */
const keyOf = (month: string): string => `energy-ledger/${month}`;
const monthOf = (day: string): string => day.slice(0, 7);

export function createEnergyLedger({
  clock,
  store,
  totals,
  draw,
  cpuTimeMs,
}: EnergyLedgerParts): EnergyLedger {
  let counted = { totals: totals(), cpuMs: cpuTimeMs(), atMs: clock.monotonicMs() };
  let open = { month: '', days: {} as Month, isKept: true };
  let keptAtMs = clock.monotonicMs();

  const monthDays = (month: string): Month =>
    month === open.month ? open.days : restored(store.control(keyOf(month)));
  const keep = (): void => {
    keptAtMs = clock.monotonicMs();
    if (open.isKept) return;
    store.setControl(keyOf(open.month), JSON.stringify(open.days), clock.wallMs());
    open.isKept = true;
  };

  return {
    keep,
    count() {
      const now = { totals: totals(), cpuMs: cpuTimeMs(), atMs: clock.monotonicMs() };
      const day = localDay(clock.wallMs());
      if (monthOf(day) !== open.month) {
        keep();
        open = { month: monthOf(day), days: monthDays(monthOf(day)), isKept: true };
      }
      open.days[day] = added(open.days[day] ?? NOTHING_COUNTED, counted, now, draw());
      open.isKept = false;
      counted = now;
      if (clock.monotonicMs() - keptAtMs >= KEEP_EVERY_MS) keep();
    },
    days(query) {
      const today = localDay(clock.wallMs());
      const to = query.to ?? (query.from === undefined ? today : latest(query.from, today));
      const first = query.from ?? dayAfter(to, 1 - Number(query.dayCount ?? LISTED_DAYS));
      const from = latest(first, dayAfter(to, 1 - MOST_DAYS));
      const days = [];
      let [month, known]: [string, Month] = ['', {}];
      for (let day = from; day <= to; day = dayAfter(day, 1)) {
        if (monthOf(day) !== month) [month, known] = [monthOf(day), monthDays(monthOf(day))];
        days.push(energyDay(day, known[day] ?? NOTHING_COUNTED));
      }
      return { from, to, today, days };
    },
  };
}

interface Reading {
  readonly totals: EnergyMeter['totals'];
  readonly cpuMs: number;
  readonly atMs: number;
}

function added(day: CountedDay, from: Reading, to: Reading, { powerW }: Draw): CountedDay {
  const grown = (key: keyof Reading['totals']): number => day.totals[key] + to.totals[key] - from.totals[key];
  const stepMs = Math.max(0, to.atMs - from.atMs);
  const cpuMs = Math.max(0, to.cpuMs - from.cpuMs);
  const isKnown = powerW !== null;
  return {
    totals: {
      measuredWh: grown('measuredWh'),
      modelledWh: grown('modelledWh'),
      measuredMs: grown('measuredMs'),
      modelledMs: grown('modelledMs'),
      unknownMs: grown('unknownMs'),
    },
    ownCpuMs: day.ownCpuMs + cpuMs,
    // Several threads may work at once; more than the whole machine's draw is nobody's share.
    ownWh: day.ownWh + (isKnown ? (powerW * Math.min(cpuMs, stepMs)) / MS_PER_HOUR : 0),
    ownKnownMs: day.ownKnownMs + (isKnown ? stepMs : 0),
  };
}

function latest(one: string, other: string): string {
  return one > other ? one : other;
}

/** Written by ourselves into our own database: what does not read as a day is as good as none. */
function restored(text: string | null): Month {
  if (text === null) return {};
  try {
    const days = JSON.parse(text) as Record<string, unknown> | null;
    return Object.fromEntries(
      Object.entries(days ?? {}).filter((entry): entry is [string, CountedDay] => isCounted(entry[1])),
    );
  } catch {
    return {};
  }
}

function isCounted(value: unknown): boolean {
  const day = value as Partial<CountedDay> | null;
  const numbers = [day?.ownCpuMs, day?.ownWh, day?.ownKnownMs];
  for (const key of Object.keys(NOTHING_COUNTED.totals)) {
    numbers.push(day?.totals?.[key as keyof CountedDay['totals']]);
  }
  return numbers.every((number) => typeof number === 'number' && Number.isFinite(number));
}
