import { createClockWatch } from '../clock-watch.ts';
import { isoNow } from '../clock.ts';
import { initialPlausibility, plausible } from '../../shared/energy/plausibility.ts';
import { initialSteadiness, steady } from '../../shared/energy/steadiness.ts';
import { cutOff } from './energy-cut-off.ts';
import { energySignature, stateFrom, unreadState } from './energy-state.ts';
import type { Clock } from '../clock.ts';
import type { PowerReader } from './power-reader.ts';
import type { EnergyConfig } from '../../shared/contract/config.ts';
import type { EnergyState, PowerReading, PowerSupply } from '../../shared/contract/energy.ts';
import type { EnergyKind, Steadied, SteadyEvent } from '../../shared/energy/steadiness.ts';

/** The ordinary time from one look to the next, on the monotonic clock. */
const LOOK_EVERY_MS = 2_000;
/** A reader that answers later than this is not waited for. */
const READ_LIMIT_MS = 1_000;
/** The first may take longer: the sensor thread starts, and there is no older value to go by. */
const FIRST_READ_LIMIT_MS = 4_000;
/** After sleep the first reading is thrown away; the second comes so soon. */
const AFTER_SLEEP_MS = 1_000;
const SHORTEST_WAIT_MS = 100;

/** What the record should know beside the level itself. Each is told once, when it begins. */
export type EnergyNote =
  | SteadyEvent
  | { readonly kind: 'slept'; readonly sleptMs: number }
  | { readonly kind: 'clock-jump'; readonly jumpMs: number }
  | { readonly kind: 'refused'; readonly name: string; readonly text: string }
  | { readonly kind: 'read-failed'; readonly text: string }
  | { readonly kind: 'listener-failed'; readonly text: string };

export interface EnergyMonitorOptions {
  readonly reader: PowerReader;
  readonly clock: Clock;
  readonly energy: EnergyConfig;
  /** Called after a look that changed the level, external power, what decides, the reserve or a UPS's state. */
  onChange(energy: EnergyState, events: readonly SteadyEvent[]): void;
  /** Called for everything worth a line in the record. */
  onNote?(note: EnergyNote): void;
}

export interface EnergyMonitor {
  /** Looks now and then every 2 s. Does nothing when already started. */
  start(): void;
  /** Ends the looks, waits for one under way (1 s at most) and closes the reader. */
  stop(): Promise<void>;
  /** One look now; joins the one under way. Never throws. */
  look(): Promise<EnergyState>;
  /** From memory; UNKNOWN before the first reading. */
  current(): EnergyState;
  /** What decides the level now. */
  kind(): EnergyKind;
  /** Milliseconds since the last good reading; null before the first. */
  ageMs(): number | null;
  /** Milliseconds the machine was awake since the monitor was made; sleep counts 0. */
  awakeMs(): number;
  /** The person changed the settings; they count from the next look on. */
  configure(energy: EnergyConfig): void;
}

/** Looks at the machine's power and keeps the answer that stands (domain 1.1; behaviours 6-15). */
export function createEnergyMonitor(options: EnergyMonitorOptions): EnergyMonitor {
  const { reader, clock } = options;
  const watch = createClockWatch(clock);
  let config = options.energy;
  let plausibility = initialPlausibility();
  let steadiness = initialSteadiness();
  let current = unreadState(isoNow(clock), steadiness.energy);
  let told = energySignature(current, steadiness.energy.kind);
  let refused: readonly string[] = [];
  let failing = false;
  let reading: Promise<PowerReading> | null = null;
  let looking: Promise<EnergyState> | null = null;
  let nextLookMs = LOOK_EVERY_MS;
  let cancelNext: (() => void) | null = null;
  let running = false;

  /** A listener that throws must not end the looks. */
  function note(one: EnergyNote): void {
    try {
      options.onNote?.(one);
    } catch {
      // Nobody is left to be told.
    }
  }

  /** One reading; null when it failed, was cut off, or an earlier one still hangs. */
  async function read(): Promise<PowerReading | null> {
    if (reading !== null) return null;
    const begun = attempt(reader);
    reading = begun;
    const forget = (): void => {
      reading = null;
    };
    begun.then(forget, forget);
    const limitMs = steadiness.lastGoodMs === null ? FIRST_READ_LIMIT_MS : READ_LIMIT_MS;
    const outcome = await cutOff(begun, limitMs, clock);
    if (outcome.kind === 'read') {
      failing = false;
      return outcome.value;
    }
    const text = outcome.kind === 'failed' ? textOf(outcome.error) : `no answer within ${limitMs / 1000} s`;
    if (!failing) note({ kind: 'read-failed', text });
    failing = true;
    return null;
  }

  function take(read: PowerReading | null, woke: boolean): { steadied: Steadied; supplies: PowerSupply[] } {
    const monotonicMs = clock.monotonicMs();
    const { alwaysOnMains } = config;
    if (read === null || woke) {
      if (woke) plausibility = initialPlausibility();
      return {
        steadied: steady(steadiness, { reading: null, woke, alwaysOnMains, monotonicMs }),
        supplies: [],
      };
    }
    const checked = plausible(plausibility, read.supplies, monotonicMs);
    plausibility = checked.state;
    for (const one of checked.refused) {
      if (!refused.includes(one.name)) note({ kind: 'refused', ...one });
    }
    refused = checked.refused.map((one) => one.name);
    const { supplies, swapped, heldSinceMs } = checked;
    const steadied = steady(steadiness, {
      reading: { supplies, ups: read.ups, readAt: read.readAt },
      batterySwapped: swapped,
      ...(heldSinceMs === null ? {} : { heldSinceMs }),
      alwaysOnMains,
      monotonicMs,
    });
    return { steadied, supplies: [...supplies] };
  }

  async function lookOnce(): Promise<EnergyState> {
    // The sensors are asked first: they are read while the clocks are looked at.
    const asked = read();
    const sight = watch.look();
    if (sight.sleptMs !== null) note({ kind: 'slept', sleptMs: sight.sleptMs });
    if (sight.wallJumpMs !== null) note({ kind: 'clock-jump', jumpMs: sight.wallJumpMs });
    const got = await asked;
    const { steadied, supplies } = take(got, sight.sleptMs !== null);
    steadiness = steadied.state;
    current = stateFrom(current, steadied, got, supplies);
    nextLookMs = Math.min(LOOK_EVERY_MS, steadied.dueMs ?? LOOK_EVERY_MS);
    if (sight.sleptMs !== null) nextLookMs = AFTER_SLEEP_MS;
    steadied.events.forEach(note);
    const before = told;
    told = energySignature(current, steadiness.energy.kind);
    if (told !== before) tell(steadied.events);
    return current;
  }

  function tell(events: readonly SteadyEvent[]): void {
    try {
      options.onChange(current, events);
    } catch (error) {
      note({ kind: 'listener-failed', text: textOf(error) });
    }
  }

  function look(): Promise<EnergyState> {
    looking ??= lookOnce().finally(() => {
      looking = null;
    });
    return looking;
  }

  async function lookAgain(): Promise<void> {
    const begunMs = clock.monotonicMs();
    await look();
    if (!running) return;
    const spentMs = clock.monotonicMs() - begunMs;
    const waitMs = Math.max(SHORTEST_WAIT_MS, nextLookMs - spentMs);
    cancelNext = clock.after(waitMs, () => void lookAgain());
  }

  return {
    start() {
      if (running) return;
      running = true;
      void lookAgain();
    },
    async stop() {
      running = false;
      cancelNext?.();
      cancelNext = null;
      await looking;
      await reader.close();
    },
    look,
    current: () => current,
    kind: () => steadiness.energy.kind,
    ageMs: () => (steadiness.lastGoodMs === null ? null : clock.monotonicMs() - steadiness.lastGoodMs),
    awakeMs: () => watch.awakeMs(),
    configure(energy) {
      config = energy;
    },
  };
}

/** Turns a reader that throws at once into one that rejects. */
async function attempt(reader: PowerReader): Promise<PowerReading> {
  return reader.read();
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
