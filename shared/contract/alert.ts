import { z } from 'zod';

import { ALERT_CHANNELS, ALERT_SEVERITIES } from './vocabulary.ts';

/** Something that stands now and that a person may have to act on: part of the snapshot. */
export const alertSchema = z.object({
  code: z.string(),
  severity: z.enum(ALERT_SEVERITIES),
  title: z.string(),
  text: z.string(),
  project: z.string().nullable(),
  since: z.string(),
  /** Tells two alerts of one code apart: "halted/shop". */
  id: z.string().optional(),
  /** Notices of one tag replace each other; a shown notice whose tag no alert carries any more may be taken away. */
  tag: z.string().optional(),
  /** What takes it away, in words. */
  clears: z.string().optional(),
  /** What may leave this machine in place of `text`; absent where the text itself may. */
  outsideText: z.string().optional(),
});
export type Alert = z.infer<typeof alertSchema>;

/** What a person can do from a notice. */
export const noticeActionSchema = z.object({
  /** "open", "quiet". */
  id: z.string(),
  label: z.string(),
  /** `open`: the dashboard's address, such as "#/alerts". `request`: a request to this endpoint. */
  does: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('open'), address: z.string() }),
    z.object({
      kind: z.literal('request'),
      method: z.enum(['POST', 'PUT', 'DELETE']),
      path: z.string(),
      body: z.record(z.string(), z.unknown()),
    }),
  ]),
});
export type NoticeAction = z.infer<typeof noticeActionSchema>;

export const NOTICE_KINDS = ['alert', 'reminder', 'summary', 'digest', 'test'] as const;

/** The `alert` event: one notice to show now. Limits, merging and quiet hours are already applied. */
export const noticeSchema = z.object({
  schemaVersion: z.literal(1),
  /** One notice has one id for ever: who has seen it leaves it out. */
  id: z.string(),
  kind: z.enum(NOTICE_KINDS),
  /** Of the alert; "summary", "digest" or "test" where it speaks of several or none. */
  code: z.string(),
  severity: z.enum(ALERT_SEVERITIES),
  title: z.string(),
  /** At most five lines. */
  text: z.string(),
  project: z.string().nullable(),
  /** When what it speaks of began. */
  since: z.string(),
  /** When it was decided on. */
  at: z.string(),
  /** Tag: takes the place of a shown notice of the same tag. */
  replaces: z.string(),
  /** Without sound. */
  silent: z.boolean(),
  /** Who shows it on this desktop: the shell, the core itself, or nobody. */
  desktop: z.enum(['shell', 'core', 'off']),
  actions: z.array(noticeActionSchema),
});
export type Notice = z.infer<typeof noticeSchema>;

/** An alert that stood once: GET /v1/alerts. */
export const pastAlertSchema = z.object({
  id: z.string(),
  code: z.string(),
  severity: z.enum(ALERT_SEVERITIES),
  project: z.string().nullable(),
  title: z.string(),
  text: z.string(),
  since: z.string(),
  /** Null while it stands. */
  until: z.string().nullable(),
});
export type PastAlert = z.infer<typeof pastAlertSchema>;

export const QUIET_REASONS = ['person', 'hours', 'focus'] as const;

export const quietSchema = z.object({
  /** Whether notices wait now. */
  isQuiet: z.boolean(),
  /** A person said so, the hours of the settings, or the desktop's own "do not disturb"; null when it is not quiet. */
  reason: z.enum(QUIET_REASONS).nullable(),
  /** When the person's word ends; null when there is none. */
  until: z.string().nullable(),
  /** Local hours of the settings, "22:00" to "08:00"; null when switched off. */
  hours: z.object({ from: z.string(), to: z.string() }).nullable(),
  /** How many notices wait for its end. */
  waitingCount: z.number().int().min(0),
});
export type Quiet = z.infer<typeof quietSchema>;

export const alertsQuerySchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(500).default(100),
  project: z.string().min(1).max(64).optional(),
});

export const alertsReplySchema = z.object({
  schemaVersion: z.literal(1),
  standing: z.array(alertSchema),
  /** Newest first; those that stand are among them, with `until` null. */
  past: z.array(pastAlertSchema),
  quiet: quietSchema,
});
export type AlertsReply = z.infer<typeof alertsReplySchema>;

/** Exactly one of the three. */
export const setQuietSchema = z
  .strictObject({
    forMinutes: z
      .number()
      .int()
      .min(1)
      .max(7 * 24 * 60)
      .optional(),
    /** An instant, at most seven days away. */
    until: z.iso.datetime({ offset: true }).optional(),
    /** Until the quiet hours of the coming night end. */
    untilTomorrow: z.literal(true).optional(),
  })
  .refine((asked) => Object.values(asked).filter((value) => value !== undefined).length === 1, {
    message: 'give one of forMinutes, until, untilTomorrow',
  });
export type SetQuiet = z.infer<typeof setQuietSchema>;

/** One alert that is declared: what the settings page and docs/alerts.md list. */
export const declaredAlertSchema = z.object({
  code: z.string(),
  severity: z.enum(ALERT_SEVERITIES),
  summary: z.string(),
  clears: z.string(),
  channels: z.array(z.enum(ALERT_CHANNELS)),
  visibleAfterSeconds: z.number(),
});
export type DeclaredAlert = z.infer<typeof declaredAlertSchema>;

export const channelStateSchema = z.object({
  name: z.enum(ALERT_CHANNELS),
  enabled: z.boolean(),
  floor: z.enum(ALERT_SEVERITIES),
  /** `off`, `ready`, `failing` (tries again by itself), `stopped` (needs a person). */
  state: z.enum(['off', 'ready', 'failing', 'stopped']),
  /** One sentence; null when nothing is wrong. */
  problem: z.string().nullable(),
  waitingCount: z.number().int().min(0),
  lastDeliveredAt: z.string().nullable(),
  /** The last test that was asked for. */
  test: z
    .object({
      at: z.string(),
      result: z.enum(['running', 'delivered', 'failed']),
      /** Why it failed; null otherwise. */
      why: z.string().nullable(),
    })
    .nullable(),
});
export type ChannelState = z.infer<typeof channelStateSchema>;

export const channelParamsSchema = z.strictObject({ channel: z.enum(ALERT_CHANNELS) });

/** What the desktop shell knows about this desktop. Holds for as long as the shell listens at GET /v1/events. */
export const shellReportSchema = z.strictObject({
  /** `no-host`: the desktop has no place for tray icons, 3 s after the start. */
  tray: z.enum(['shown', 'no-host', 'unknown']),
  /** `refused`: a notice was not shown within 2 s, or the system forbids them. */
  notices: z.enum(['shown', 'refused', 'unknown']),
  /** The desktop's own "do not disturb". */
  focus: z.enum(['on', 'off', 'unknown']).default('unknown'),
  /** One sentence about what is wrong. */
  why: z.string().max(300).nullable().default(null),
});
export type ShellReport = z.infer<typeof shellReportSchema>;
