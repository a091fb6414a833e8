import { z } from 'zod';

import { ENERGY_PROVENANCES } from './vocabulary.ts';

/** Watt-hours by local day: GET /v1/energy/days. */

const DAY_MS = 86_400_000;
/** Longest stretch that is told at once. */
const MOST_DAYS = 400;

const day = z.iso.date('must be a date such as 2026-01-31');
const wattHours = z.number().min(0).nullable();

export const energyDaysQuerySchema = z
  .strictObject({
    /** First local day; `dayCount` decides without it. */
    from: day.optional(),
    /** Last local day; today without it. */
    to: day.optional(),
    /** So many days up to `to`, where `from` is not given. */
    dayCount: z.coerce.number().int().min(1).max(MOST_DAYS).default(30),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
    path: ['from'],
    message: 'must not be after to',
  })
  .refine(({ from, to }) => from === undefined || to === undefined || spanDays(from, to) <= MOST_DAYS, {
    path: ['from'],
    message: `must be ${MOST_DAYS} days before to at most`,
  });
export type EnergyDaysQuery = z.input<typeof energyDaysQuerySchema>;

export const energyDaySchema = z.object({
  /** "2026-01-31", where the machine is. */
  day,
  /** Drawn by the whole machine while that was known; null when nothing told it, never zero then. */
  energyWh: wattHours,
  /** The weakest of its parts. */
  provenance: z.enum(ENERGY_PROVENANCES),
  /** The part read from the battery's gauge. */
  measuredWh: wattHours,
  /** The part estimated by a model. */
  modelledWh: wattHours,
  /** Time the machine was awake and watched; 0 when the core did not run. */
  awakeSeconds: z.number().min(0),
  /** Share of that time for which the draw was known, 0..100. */
  coveredPercent: z.number().min(0).max(100),
  /** This product's own part. */
  own: z.object({
    cpuSeconds: z.number().min(0),
    /** CPU time by the machine's draw, an upper estimate; null when the draw was never known. */
    energyWh: wattHours,
    provenance: z.enum(ENERGY_PROVENANCES),
  }),
});
export type EnergyDay = z.infer<typeof energyDaySchema>;

export const energyDaysReplySchema = z.object({
  from: day,
  to: day,
  /** The local day it is now. */
  today: day,
  /** Every day from `from` to `to`, oldest first. */
  days: z.array(energyDaySchema),
});
export type EnergyDaysReply = z.infer<typeof energyDaysReplySchema>;

function spanDays(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
}
