import { z } from 'zod';

import { decisionSchema } from './decision.ts';
import {
  drawSchema,
  energyStateSchema,
  forecastErrorSchema,
  forecastSchema,
  machineSchema,
} from './energy.ts';
import { CHANGE_TYPES, FRESHNESS, HEALTH_MODES, OPERATING_MODES, PROFILES } from './vocabulary.ts';

export const projectStateSchema = z.object({
  id: z.string(),
  /** Absolute; null for the machine itself. */
  path: z.string().nullable(),
  profile: z.enum(PROFILES),
  /** Score name to 0..100 or a status word; null is "no data", never zero. */
  scores: z.record(z.string(), z.union([z.number(), z.string(), z.null()])),
  /** What the scores ask for; null when they cannot be judged. */
  mode: z.enum(HEALTH_MODES).nullable(),
  operatingMode: z.enum(OPERATING_MODES),
  /** Share of the scores' weight that had fresh data, 0..1. */
  confidence: z.number().min(0).max(1),
  freshness: z.enum(FRESHNESS),
  /** What is wrong with the evidence, for a person: file, line, field; null when nothing is. */
  problem: z.string().nullable(),
  decisions: z.partialRecord(z.enum(CHANGE_TYPES), decisionSchema),
  /** As configured: whether this project decides the tray icon; absent means it does. */
  showInTray: z.boolean(),
  /** As configured: the change type a gate asks about when none is given; absent means `feature`. */
  defaultChange: z.enum(CHANGE_TYPES),
});
export type ProjectState = z.infer<typeof projectStateSchema>;

export const alertSchema = z.object({
  code: z.string(),
  severity: z.enum(['info', 'warning', 'critical']),
  title: z.string(),
  text: z.string(),
  project: z.string().nullable(),
  since: z.string(),
});
export type Alert = z.infer<typeof alertSchema>;

/** The whole of what the core knows now: GET /v1/state and the `snapshot` event. */
export const snapshotSchema = z.object({
  schemaVersion: z.literal(1),
  /** Rises by one with each snapshot of one run of the core. */
  sequence: z.number().int().min(0),
  at: z.string(),
  version: z.string(),
  energy: energyStateSchema,
  machine: machineSchema,
  projects: z.array(projectStateSchema),
  alerts: z.array(alertSchema),
  jobs: z.array(z.unknown()),
  forecast: z.array(forecastSchema),
  /** The forecaster's own past error, by horizon; empty until it has one. */
  forecastErrors: z.array(forecastErrorSchema).optional(),
  draw: drawSchema.optional(),
  sync: z.record(z.string(), z.unknown()),
  /** What the person should know about the product itself: a broken config, a port that was taken. */
  notes: z.array(z.object({ code: z.string(), text: z.string() })),
});
export type Snapshot = z.infer<typeof snapshotSchema>;
