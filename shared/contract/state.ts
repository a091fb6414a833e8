import { z } from 'zod';

import { alertSchema } from './alert.ts';
import { decisionSchema } from './decision.ts';
import {
  drawSchema,
  energyStateSchema,
  forecastErrorSchema,
  forecastSchema,
  machineSchema,
} from './energy.ts';
import { jobCountsSchema, jobSchema } from './job.ts';
import { actionSchema } from './remediation.ts';
import {
  CHANGE_TYPES,
  FRESHNESS,
  HEALTH_MODES,
  OPERATING_MODES,
  PROFILES,
  SCORE_SOURCES,
} from './vocabulary.ts';

export { alertSchema, type Alert } from './alert.ts';

/** What one score is made of. */
export const scoreDetailSchema = z.object({
  /** Null is "no data", never zero. */
  value: z.number().nullable(),
  source: z.enum(SCORE_SOURCES),
  /** Share of the weight that had data, 0..1. */
  confidence: z.number().min(0).max(1),
  /** Of the oldest evidence it rests on; null without any. */
  ageSeconds: z.number().nullable(),
  /** Points since the last earlier day that is known; null when there is none. */
  delta: z.number().nullable(),
  /** What moved the score most since then. */
  topMover: z.object({ name: z.string(), points: z.number() }).nullable(),
  /** What it was measured from; empty where a report states the score itself. */
  inputs: z.array(
    z.object({
      name: z.string(),
      /** 0..100, null without data. */
      value: z.number().nullable(),
      weightPercent: z.number(),
      ageSeconds: z.number().nullable(),
      /** File, address or "record". */
      source: z.string(),
      /** "212 of 214 tests passed"; null when there is nothing to add. */
      detail: z.string().nullable(),
      /** Why there is no value: file, line, field; null when nothing is wrong. */
      problem: z.string().nullable(),
    }),
  ),
});
export type ScoreDetail = z.infer<typeof scoreDetailSchema>;

/** A HALT that stands: only reverts pass until it is lifted. */
export const standingHaltSchema = z.object({
  /** A person's word, the report's own, or its scores. */
  by: z.enum(['person', 'report', 'scores']),
  who: z.string(),
  why: z.string(),
  since: z.string(),
  /** When it lapses by itself; null when it does not. */
  until: z.string().nullable(),
});
export type StandingHalt = z.infer<typeof standingHaltSchema>;

/** A waiver that still holds. */
export const standingWaiverSchema = z.object({
  change: z.enum(CHANGE_TYPES),
  who: z.string(),
  why: z.string(),
  since: z.string(),
  until: z.string(),
});
export type StandingWaiver = z.infer<typeof standingWaiverSchema>;

export const projectStateSchema = z.object({
  id: z.string(),
  /** Absolute; null for the machine itself. */
  path: z.string().nullable(),
  /** A built-in profile or one of the settings. */
  profile: z.string(),
  /** The built-in profile it is, or extends. */
  baseProfile: z.enum(PROFILES).optional(),
  /** Score name to 0..100 or a status word; null is "no data", never zero. */
  scores: z.record(z.string(), z.union([z.number(), z.string(), z.null()])),
  /** How each score came about, where that is known; scores about the person are left out. */
  scoreDetails: z.record(z.string(), scoreDetailSchema).optional(),
  /** What the scores ask for; null when they cannot be judged. */
  mode: z.enum(HEALTH_MODES).nullable(),
  operatingMode: z.enum(OPERATING_MODES),
  /** Share of the scores' weight that had fresh data, 0..1. */
  confidence: z.number().min(0).max(1),
  freshness: z.enum(FRESHNESS),
  /** What is wrong with the evidence, for a person: file, line, field; null when nothing is. */
  problem: z.string().nullable(),
  decisions: z.partialRecord(z.enum(CHANGE_TYPES), decisionSchema),
  /** Null when none stands. */
  halt: standingHaltSchema.nullable().optional(),
  /** Those that still hold, oldest first. */
  waivers: z.array(standingWaiverSchema).optional(),
  /** As configured: whether this project decides the tray icon. */
  showInTray: z.boolean(),
  /** As configured: the change type a gate asks about when none is given. */
  defaultChange: z.enum(CHANGE_TYPES),
});
export type ProjectState = z.infer<typeof projectStateSchema>;

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
  /** Those under way (30 at most) and the first three in line; GET /v1/jobs has all. */
  jobs: z.array(jobSchema),
  /** All of those that are not over, by state. */
  jobCounts: jobCountsSchema.optional(),
  /** Acts of the core that are open, and those that ended within the hour. GET /v1/actions has all. */
  actions: z.array(actionSchema).optional(),
  forecast: z.array(forecastSchema),
  /** The forecaster's own past error, by horizon; empty until it has one. */
  forecastErrors: z.array(forecastErrorSchema).optional(),
  draw: drawSchema.optional(),
  sync: z.record(z.string(), z.unknown()),
  /** What the person should know about the product itself: a broken config, a port that was taken. */
  notes: z.array(z.object({ code: z.string(), text: z.string() })),
});
export type Snapshot = z.infer<typeof snapshotSchema>;
