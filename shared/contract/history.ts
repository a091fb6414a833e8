import { z } from 'zod';

/**
 * GET /v1/history. Instants in replies are milliseconds since 1970, so that a chart takes the columns as they are.
 *
 * `?metric=percent&from=-24h&to=now&points=1000` (a number over time; `step=300` in place of `points` asks for
 * seconds a point):
 * ```json
 * {"schemaVersion":1,"kind":"series","metric":"percent","unit":"%","private":false,
 *  "fromMs":1767600000000,"toMs":1767686400000,"stepMs":86400,"source":"samples",
 *  "atMs":[1767600000000,1767600086400,1767603600000,1767632400000],
 *  "min":[54.1,53.8,null,41.0],"mean":[54.2,53.9,null,41.1],"max":[54.3,54.0,null,41.2],"last":[54.1,53.8,null,41.0],
 *  "count":[3,3,0,3],
 *  "gaps":[{"fromMs":1767603600000,"toMs":1767632400000,"cause":"asleep"}]}
 * ```
 * A null breaks the line: nothing was measured from there to the next point. Columns have one length and `atMs`
 * rises. `gaps` says why, where that is known; a null without a gap means that this one value could not be read.
 *
 * `?metric=levels` and `?metric=verdicts[&project=shop]` (bands):
 * ```json
 * {"schemaVersion":1,"kind":"spans","metric":"verdicts","fromMs":0,"toMs":1,
 *  "lanes":[{"project":"shop","change":"feature",
 *            "spans":[{"fromMs":1767600000000,"toMs":1767603600000,"value":"allow"}]}],
 *  "gaps":[]}
 * ```
 * `levels` has one lane with project and change null. No span reaches into a gap.
 *
 * `?metric=events[&project=shop]` (marks, oldest first):
 * ```json
 * {"schemaVersion":1,"kind":"events","fromMs":0,"toMs":1,"isCut":false,
 *  "events":[{"atMs":1767600000000,"untilMs":1767600300000,"kind":"deployment","project":"shop",
 *             "code":"ok","title":"Deployed a1b2c3d","text":"ok, 1.2 Wh measured","severity":null,"id":"..."}]}
 * ```
 */

/** `asleep`: the machine slept. `not-running`: no core ran. `not-recorded`: it ran and could not write. */
export const GAP_CAUSES = ['asleep', 'not-running', 'not-recorded'] as const;
export type GapCause = (typeof GAP_CAUSES)[number];

export const EVENT_KINDS = [
  'deployment',
  'incident',
  'halt',
  'waiver',
  'alert',
  'decision',
  'power',
  'clock',
] as const;
export type HistoryEventKind = (typeof EVENT_KINDS)[number];

/** An instant as a person writes it: ISO, milliseconds since 1970, `now`, or back from now such as -7d or -90m. */
const instantText = z
  .string()
  .regex(
    /^(now|-\d+(\.\d+)?(s|m|h|d|w)|\d{12,15}|\d{4}-\d{2}-\d{2}([T ][\d:.]+(Z|[+-]\d{2}:?\d{2})?)?)$/,
    'must be an ISO instant, milliseconds since 1970, now, or like -7d, -24h, -90m',
  );

export const historyQuerySchema = z.strictObject({
  /** A name of GET /v1/history/metrics, or `levels`, `verdicts`, `events`. */
  metric: z.string().min(1).max(200),
  from: instantText.default('-24h'),
  to: instantText.default('now'),
  /** Seconds a point; wins over `points`. */
  step: z.coerce.number().int().min(1).max(31_536_000).optional(),
  /** How many points at most, about. */
  points: z.coerce.number().int().min(2).max(5000).optional(),
  /** Only for `verdicts` and `events`. */
  project: z.string().min(1).max(64).optional(),
});
export type HistoryQuery = z.infer<typeof historyQuerySchema>;

const number = z.number().nullable();
export const historyGapSchema = z.object({
  fromMs: z.number(),
  toMs: z.number(),
  cause: z.enum(GAP_CAUSES),
});
export type HistoryGap = z.infer<typeof historyGapSchema>;

export const historySeriesSchema = z.object({
  schemaVersion: z.literal(1),
  kind: z.literal('series'),
  metric: z.string(),
  unit: z.string(),
  /** About the person: shown here, never exported unless asked for. */
  private: z.boolean(),
  fromMs: z.number(),
  toMs: z.number(),
  /** Width of one point; 0 when the points are the samples themselves. */
  stepMs: z.number(),
  /** `memory` is the last hour, without touching the disk. */
  source: z.enum(['memory', 'samples', 'rollups']),
  /** Begin of each point's interval; rises. */
  atMs: z.array(z.number()),
  min: z.array(number),
  mean: z.array(number),
  max: z.array(number),
  last: z.array(number),
  /** Samples in each point; 0 where it is a null. */
  count: z.array(z.number().int().min(0)),
  gaps: z.array(historyGapSchema),
});
export type HistorySeries = z.infer<typeof historySeriesSchema>;

export const historySpanSchema = z.object({ fromMs: z.number(), toMs: z.number(), value: z.string() });
export type HistorySpan = z.infer<typeof historySpanSchema>;

export const historySpansSchema = z.object({
  schemaVersion: z.literal(1),
  kind: z.literal('spans'),
  metric: z.enum(['levels', 'verdicts']),
  fromMs: z.number(),
  toMs: z.number(),
  lanes: z.array(
    z.object({
      project: z.string().nullable(),
      /** The project's default change type, whose verdict this is. */
      change: z.string().nullable(),
      /** Values are energy levels or verdicts; oldest first, never overlapping. */
      spans: z.array(historySpanSchema),
    }),
  ),
  gaps: z.array(historyGapSchema),
});
export type HistorySpans = z.infer<typeof historySpansSchema>;

export const historyEventSchema = z.object({
  atMs: z.number(),
  /** Null for an instant, and while it goes on. */
  untilMs: number,
  kind: z.enum(EVENT_KINDS),
  project: z.string().nullable(),
  /** Kebab-case: the result, the act, the alert's code, the verdict. */
  code: z.string(),
  title: z.string(),
  text: z.string(),
  /** Of alerts (info, warning, critical) and incidents (minor, major, critical); else null. */
  severity: z.string().nullable(),
  /** Of the deployment, incident, alert or decision (GET /v1/kept-decisions/{id}); else null. */
  id: z.string().nullable(),
});
export type HistoryEvent = z.infer<typeof historyEventSchema>;

export const historyEventsSchema = z.object({
  schemaVersion: z.literal(1),
  kind: z.literal('events'),
  fromMs: z.number(),
  toMs: z.number(),
  /** True when there were more than fit: the newest 2000 are here. */
  isCut: z.boolean(),
  /** Oldest first. */
  events: z.array(historyEventSchema),
});
export type HistoryEvents = z.infer<typeof historyEventsSchema>;

export const historyReplySchema = z.discriminatedUnion('kind', [
  historySeriesSchema,
  historySpansSchema,
  historyEventsSchema,
]);
export type HistoryReply = z.infer<typeof historyReplySchema>;

/**
 * GET /v1/history/metrics:
 * `{"schemaVersion":1,"sinceMs":1767600000000,"sizeBytes":1048576,"sizeLimitBytes":209715200,"metrics":[
 * {"metric":"percent","unit":"%","title":"Charge","project":null,"private":false},
 * {"metric":"score/shop/integration","unit":"points","title":"integration of shop","project":"shop","private":false}]}`
 */
export const historyMetricSchema = z.object({
  metric: z.string(),
  /** "%", "W", "°C", "min", "s", "points", "MB", "level", "verdict", "times". */
  unit: z.string(),
  title: z.string(),
  project: z.string().nullable(),
  private: z.boolean(),
});
export type HistoryMetric = z.infer<typeof historyMetricSchema>;

export const historyMetricsSchema = z.object({
  schemaVersion: z.literal(1),
  /** The oldest that is kept; null when there is nothing yet. */
  sinceMs: number,
  sizeBytes: z.number(),
  sizeLimitBytes: z.number(),
  metrics: z.array(historyMetricSchema),
});
export type HistoryMetrics = z.infer<typeof historyMetricsSchema>;
