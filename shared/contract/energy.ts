import { z } from 'zod';

import {
  BATTERY_STATES,
  COOLING_STATUSES,
  ENERGY_LEVELS,
  ENERGY_PROVENANCES,
  NETWORK_STATUSES,
  SUPPLY_KINDS,
  SUPPLY_SCOPES,
  SUPPLY_SOURCES,
} from './vocabulary.ts';

const percent = z.number().min(0).max(100).nullable();

/** One link of the chain wall -> UPS -> adapter -> battery, as read; nothing in it is smoothed. */
export const powerSupplySchema = z.object({
  name: z.string(),
  kind: z.enum(SUPPLY_KINDS),
  scope: z.enum(SUPPLY_SCOPES),
  source: z.enum(SUPPLY_SOURCES),
  /** True or false for adapters and inputs; null for batteries and for an adapter that could not be read. */
  online: z.boolean().nullable(),
  /** Null where the kind has no charge state (adapters). */
  status: z.enum(BATTERY_STATES).nullable(),
  percent,
  energyWh: z.number().nullable(),
  energyFullWh: z.number().nullable(),
  /** Watts; negative drains the battery, positive fills it; null when the gauge says nothing. */
  powerW: z.number().nullable(),
  /** Amperes as the gauge tells them, with the sign of powerW; absent where it does not. */
  currentA: z.number().optional(),
  /** Volts now; read only where the gauge tells no amperes. */
  voltageV: z.number().positive().optional(),
  /** Whether this supply decides the level, and why. */
  counted: z.boolean(),
  reason: z.string(),
  /** ISO instant of the read. */
  readAt: z.string(),
});
export type PowerSupply = z.infer<typeof powerSupplySchema>;

/** One UPS as its daemon tells it. Flags follow NUT's ups.status words; apcupsd's STATFLAG maps onto them. */
export const upsReadingSchema = z.object({
  name: z.string(),
  source: z.enum(['nut', 'apcupsd']),
  /** The status words as served, e.g. "OB DISCHRG"; empty when the daemon gave none. */
  status: z.string(),
  /** True on battery, false on line, null when the status says neither or both. */
  onBattery: z.boolean().nullable(),
  lowBattery: z.boolean(),
  replaceBattery: z.boolean(),
  forcedShutdown: z.boolean(),
  bypass: z.boolean(),
  overload: z.boolean(),
  off: z.boolean(),
  calibrating: z.boolean(),
  commLost: z.boolean(),
  chargePercent: percent,
  runtimeSeconds: z.number().min(0).nullable(),
  loadPercent: z.number().min(0).nullable(),
  /** Whether this UPS feeds this machine; only that one decides anything. */
  feedsThisMachine: z.boolean(),
  /** Why it is not believed now ("not answering for 17 s", "data stale"); null when it answers. */
  problem: z.string().nullable(),
  /** ISO instant of the last good answer; null before the first. */
  readAt: z.string().nullable(),
});
export type UpsReading = z.infer<typeof upsReadingSchema>;

export const thermalSensorSchema = z.object({
  /** Relative to `class/`, e.g. "thermal/thermal_zone0/temp". */
  path: z.string(),
  label: z.string(),
  valueC: z.number().nullable(),
  plausible: z.boolean(),
  reason: z.string(),
});
export type ThermalSensor = z.infer<typeof thermalSensorSchema>;

export const thermalSchema = z.object({
  /** Null when no plausible sensor was found. */
  coolingStatus: z.enum(COOLING_STATUSES).nullable(),
  hottestC: z.number().nullable(),
  /** The sensor that decides the status: the one with the least headroom. */
  zone: z.string().nullable(),
  /** Degrees left to that sensor's own critical trip point, or to the default of 100 C. */
  headroomC: z.number().nullable(),
  /** How often the processor package has throttled itself since start; null or absent where nothing counts it. */
  throttleCount: z.number().int().min(0).nullable().optional(),
  sensors: z.array(thermalSensorSchema),
});
export type Thermal = z.infer<typeof thermalSchema>;

/** Everything one look at the machine's power gives, before any judgement. */
export interface PowerReading {
  readonly supplies: readonly PowerSupply[];
  readonly ups: readonly UpsReading[];
  readonly thermal: Thermal;
  /** ISO wall-clock instant of the look. */
  readonly readAt: string;
  /** What could not be read, as sentences for a person: "BAT0/uevent: permission denied". */
  readonly problems: readonly string[];
}

/** The answer about energy that everything else uses: also the shape of `orch sense --json`. */
export const energyStateSchema = z.object({
  level: z.enum(ENERGY_LEVELS),
  /** 0 (CRITICAL) to 4 (FULL); null for UNKNOWN. */
  levelValue: z.number().int().min(0).max(4).nullable(),
  why: z.string(),
  /** Null only when supplies exist and none could be read. */
  onExternalPower: z.boolean().nullable(),
  /** Unrounded share of all counted batteries: sum(energy) / sum(energyFull). */
  percent,
  /** Sum over the counted batteries; negative drains. */
  netPowerW: z.number().nullable(),
  state: z.enum(BATTERY_STATES).nullable(),
  /** Set while external power lifts the level to FULL although the battery is under 10 %. */
  reservePercent: percent,
  batteryPresent: z.boolean(),
  supplies: z.array(powerSupplySchema),
  ups: z.array(upsReadingSchema),
  thermal: thermalSchema,
  readAt: z.string(),
});
export type EnergyState = z.infer<typeof energyStateSchema>;

export const senseReportSchema = energyStateSchema.extend({ schemaVersion: z.literal(1) });

/** Minutes until the charge falls to a threshold, as a range; only while discharging. */
export const forecastSchema = z.object({
  thresholdPercent: z.number().min(0).max(100),
  minutes10: z.number().min(0),
  minutes50: z.number().min(0),
  minutes90: z.number().min(0),
});
export type Forecast = z.infer<typeof forecastSchema>;

/** This machine's own load and reach. Null is "not known", never zero. */
export const machineSchema = z.object({
  cpuPercent: z.number().min(0).max(100).nullable(),
  memoryPercent: z.number().min(0).max(100).nullable(),
  gpuPercent: z.number().min(0).max(100).nullable(),
  networkStatus: z.enum(NETWORK_STATUSES).nullable(),
});
export type Machine = z.infer<typeof machineSchema>;

/** How far off the forecasts of one horizon were, over what happened since. */
export const forecastErrorSchema = z.object({
  /** Forecasts that looked ahead so far or less. */
  horizonMinutes: z.number(),
  meanAbsoluteErrorMinutes: z.number(),
  /** Positive: it lasted shorter than said. */
  biasMinutes: z.number(),
  count: z.number().int(),
});
export type ForecastError = z.infer<typeof forecastErrorSchema>;

/** What the machine draws now, and where that number comes from. */
export const drawSchema = z.object({
  powerW: z.number().nullable(),
  provenance: z.enum(ENERGY_PROVENANCES),
});
export type Draw = z.infer<typeof drawSchema>;
