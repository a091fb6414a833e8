import { z } from 'zod';

/** The self-check: GET /v1/doctor, and `orch doctor --json` but for what only a running core adds. */

export const CHECK_STATUSES = ['ok', 'warning', 'problem', 'not-applicable'] as const;
export type CheckStatus = (typeof CHECK_STATUSES)[number];

export const doctorCheckSchema = z.object({
  id: z.string(),
  title: z.string(),
  status: z.enum(CHECK_STATUSES),
  /** One sentence for a person. */
  text: z.string(),
  /** What to do about it; null when nothing is to be done. */
  next: z.string().nullable(),
  /** One line a sensor, file or project, where there are several. */
  details: z.array(z.string()).readonly().optional(),
});
export type DoctorCheckResult = z.infer<typeof doctorCheckSchema>;

export const doctorReplySchema = z.object({
  schemaVersion: z.literal(1),
  /** The worst of all checks. */
  status: z.enum(CHECK_STATUSES).exclude(['not-applicable']),
  /** When the checks ended. */
  at: z.string(),
  tookMs: z.number().min(0),
  checks: z.array(doctorCheckSchema).readonly(),
  /** The same as plain text for a report to others: names, paths and addresses are left out. */
  shareText: z.string(),
});
export type DoctorReply = z.infer<typeof doctorReplySchema>;
