import type { Config } from '../shared/contract/config.ts';
import type { EnergyState, Forecast, ForecastError, Machine } from '../shared/contract/energy.ts';
import { gridLimit, gridSupply, type GridLimit } from '../shared/energy/grid.ts';
import { createForecaster } from '../shared/energy/forecast/forecaster.ts';
import type { Clock } from './clock.ts';
import type { ControlStore } from './controls.ts';
import { createEnergyAccount, type EnergyAccount } from './energy-account.ts';
import { createEnergyMonitor, type EnergyMonitor, type EnergyNote } from './energy/energy-monitor.ts';
import { createGridSource, type GridSource } from './energy/grid.ts';
import { createGetSmall } from './energy/network-request.ts';
import { createPowerReader } from './energy/power-reader.ts';
import { createUpsPoller, type UpsPoller } from './energy/ups-poller.ts';
import { createMachineProbe } from './machine-probe.ts';
import type { ProductFiles } from './product-files.ts';

/** Everything that measures this machine, as one thing that the loop asks. */
export interface Instruments {
  look(): Promise<EnergyState>;
  machine(): Promise<Machine>;
  forecast(): readonly Forecast[];
  /** How far off earlier forecasts were, by how far they looked ahead. */
  forecastErrors(): readonly ForecastError[];
  /** The chance (0..1) that the charge is above `percent` so many minutes from now; null when it cannot be said. */
  probabilityAbove(minutes: number, percent: number): number | null;
  readonly account: EnergyAccount;
  /** What the grid leaves to a project that runs on it, or to one that does not. */
  gridLimit(runsOnGrid: boolean): GridLimit;
  /** New settings: what they change is set up anew. */
  use(config: Config): void;
  start(): void;
  stop(): Promise<void>;
}

export interface InstrumentParts {
  readonly clock: Clock;
  /** 0 up to 1. */
  readonly chance: () => number;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly files: ProductFiles;
  readonly config: Config;
  /** Where what the machine has learnt about its drain outlives a restart. */
  readonly store: ControlStore;
  /** The power changed in a way that may change a verdict. */
  readonly onChange: () => void;
  /** Something worth a line in the record happened to the power. */
  readonly onNote: (note: EnergyNote) => void;
}

const NO_GRID_LIMIT: GridLimit = { atMost: null, why: null };
const HISTORY_KEY = 'forecast-history';
const KEEP_EVERY_MS = 10 * 60_000;

/** Charges a person plans by (domain 1.1, "Forecast"). */
const FORECAST_PERCENTS = [20, 5, 0];

export function createInstruments(parts: InstrumentParts): Instruments {
  const { clock } = parts;
  const forecaster = createForecaster();
  forecaster.importHistory(parsed(parts.store.control(HISTORY_KEY)));
  const account = createEnergyAccount(clock);
  let keptAtMs = clock.monotonicMs();
  const keepHistory = (): void => {
    keptAtMs = clock.monotonicMs();
    parts.store.setControl(HISTORY_KEY, JSON.stringify(forecaster.exportHistory()), clock.wallMs());
  };
  let config = parts.config;
  let power = powerInstruments(parts, config);
  let machine = createMachineProbe({ ...parts, sysfsDir: sysfsDir(parts), network: config.network });
  let isStarted = false;

  const look = async (): Promise<EnergyState> => {
    const energy = await power.monitor.look();
    forecaster.observe({
      atMs: clock.wallMs(),
      percent: energy.percent,
      state: energy.state,
      powerW: energy.netPowerW,
      onExternalPower: energy.onExternalPower,
    });
    account.take(energy);
    if (clock.monotonicMs() - keptAtMs >= KEEP_EVERY_MS) keepHistory();
    const grid = power.grid?.reading();
    return grid === undefined
      ? energy
      : { ...energy, supplies: [...energy.supplies, gridSupply(grid, energy.readAt)] };
  };

  return {
    look,
    machine: () => machine.read(),
    forecast: () => forecaster.forecast(clock.wallMs(), FORECAST_PERCENTS),
    forecastErrors: () => forecaster.pastErrors(),
    probabilityAbove: (minutes, percent) => forecaster.probabilityAbove(clock.wallMs(), minutes, percent),
    account,
    gridLimit: (runsOnGrid) =>
      config.energy.grid === null
        ? NO_GRID_LIMIT
        : gridLimit(power.grid?.reading() ?? null, config.energy.grid, runsOnGrid),
    use(next) {
      const isSame = (key: 'energy' | 'network'): boolean =>
        JSON.stringify(next[key]) === JSON.stringify(config[key]);
      const isPowerSame = isSame('energy');
      if (!isSame('network')) {
        machine.close();
        machine = createMachineProbe({ ...parts, sysfsDir: sysfsDir(parts), network: next.network });
      }
      config = next;
      if (isPowerSame) return;
      void stopPower(power);
      power = powerInstruments(parts, config);
      if (isStarted) startPower(power);
    },
    start() {
      isStarted = true;
      startPower(power);
    },
    stop() {
      if (isStarted) keepHistory();
      machine.close();
      return stopPower(power);
    },
  };
}

/** Our own text from our own database; what does not read as such is left aside by the forecaster. */
function parsed(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

interface PowerInstruments {
  /** Null when no grid source is set. */
  readonly grid: GridSource | null;
  readonly monitor: EnergyMonitor;
  readonly ups: UpsPoller;
}

function powerInstruments(parts: InstrumentParts, config: Config): PowerInstruments {
  const { clock } = parts;
  const ups = createUpsPoller({
    clock,
    energy: config.energy,
    chance: Math.random,
    onChange: parts.onChange,
  });
  const reader = createPowerReader({
    // A root given by hand holds a Linux tree, whatever the machine is.
    platform: isGivenTree(parts) ? 'linux' : parts.platform,
    sysfsDir: sysfsDir(parts),
    energy: config.energy,
    clock,
    workerUrl: parts.files.sensorWorkerUrl,
    upsReadings: () => ups.readings(),
  });
  const { grid } = config.energy;
  return {
    ups,
    grid: grid === null ? null : createGridSource({ clock, grid, get: createGetSmall(clock) }),
    monitor: createEnergyMonitor({
      reader,
      clock,
      energy: config.energy,
      onChange: parts.onChange,
      onNote(note) {
        // What the UPS said before a sleep is old, however short the time our clock counted.
        if (note.kind === 'slept') ups.askNow();
        parts.onNote(note);
      },
    }),
  };
}

function isGivenTree({ env }: InstrumentParts): boolean {
  return (env['ORCH_SYSFS'] ?? '') !== '';
}

function sysfsDir(parts: InstrumentParts): string {
  return isGivenTree(parts) ? (parts.env['ORCH_SYSFS'] ?? '') : '/sys';
}

function startPower({ ups, grid, monitor }: PowerInstruments): void {
  ups.start();
  grid?.start();
  monitor.start();
}

async function stopPower({ ups, grid, monitor }: PowerInstruments): Promise<void> {
  ups.stop();
  grid?.stop();
  await monitor.stop();
}
