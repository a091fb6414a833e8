import { z } from 'zod';

import { ALERT_SEVERITIES } from './vocabulary.ts';

const floor = (help: string): z.ZodEnum<{ info: 'info'; warning: 'warning'; critical: 'critical' }> =>
  z.enum(ALERT_SEVERITIES).describe(help);

const localTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a local time such as 22:00');

const hostname = z
  .string()
  .regex(/^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/, 'must be the name of a host, without a port');

/** A mailbox, with or without a name in front; no line break can get into a header. */
const mailbox = z
  .string()
  .max(254)
  .regex(/^[^\s\p{Cc}@,;<>"]+@[^\s\p{Cc}@,;<>"]+$/u, 'must be an address such as ann@example.org');

export const quietHoursSchema = z.strictObject({
  from: localTime.default('22:00').describe('Local time at which notices fall silent.'),
  to: localTime.default('08:00').describe('Local time at which they speak again.'),
});
export type QuietHours = z.infer<typeof quietHoursSchema>;

export const slackConfigSchema = z.strictObject({
  enabled: z
    .boolean()
    .default(false)
    .describe('Send to a Slack incoming webhook. Its address is a secret: `slack-webhook`.'),
  floor: floor('Least severity that is sent to Slack.').default('warning'),
  otherHosts: z
    .array(hostname)
    .max(10)
    .default([])
    .describe("Hosts beside Slack's own that take the same form, such as your Mattermost server."),
});
export type SlackConfig = z.infer<typeof slackConfigSchema>;

export const emailConfigSchema = z
  .strictObject({
    enabled: z.boolean().default(false).describe('Send by e-mail.'),
    floor: floor('Least severity that is sent by e-mail.').default('warning'),
    host: hostname.nullable().default(null).describe('Mail server that takes your mail.'),
    port: z
      .number()
      .int()
      .min(1)
      .max(65535)
      .default(587)
      .describe('587 with STARTTLS, 465 with TLS at once.'),
    tls: z
      .enum(['starttls', 'at-connect'])
      .default('starttls')
      .describe('TLS is always required; this says when it begins.'),
    user: z
      .string()
      .min(1)
      .max(254)
      .nullable()
      .default(null)
      .describe(
        'Account name; the password is a secret: `smtp-password`. Not set when the server asks for none.',
      ),
    from: mailbox.nullable().default(null).describe('Address it comes from.'),
    to: z.array(mailbox).max(10).default([]).describe('Addresses it goes to.'),
    caFile: z
      .string()
      .min(1)
      .nullable()
      .default(null)
      .describe("PEM of the authority that signed the mail server, if it is not one of the system's."),
  })
  .superRefine((email, context) => {
    if (!email.enabled) return;
    const missing = [
      ['host', email.host === null],
      ['from', email.from === null],
      ['to', email.to.length === 0],
    ] as const;
    for (const [key, isMissing] of missing) {
      if (isMissing) context.addIssue({ code: 'custom', path: [key], message: 'is needed to send e-mail' });
    }
  });
export type EmailConfig = z.infer<typeof emailConfigSchema>;

export const alertsConfigSchema = z.strictObject({
  quietHours: quietHoursSchema
    .nullable()
    .prefault({})
    .describe('Local hours without notices; CRITICAL passes once, without sound. Null for none.'),
  followFocus: z
    .boolean()
    .default(true)
    .describe('Whether the desktop\'s own "do not disturb" counts as quiet.'),
  off: z
    .array(z.string().regex(/^[a-z0-9-]{1,60}$/, 'must be the code of an alert, such as report-stale'))
    .max(60)
    .default([])
    .describe('Codes of alerts that are shown in the dashboard but never sent anywhere.'),
  desktop: z
    .strictObject({
      enabled: z.boolean().default(true).describe('Show notices on this desktop.'),
      floor: floor('Least severity that is shown.').default('info'),
    })
    .prefault({})
    .describe('Notices on this desktop.'),
  slack: slackConfigSchema.prefault({}).describe('Notices in a Slack channel.'),
  email: emailConfigSchema.prefault({}).describe('Notices by e-mail.'),
});
export type AlertsConfig = z.infer<typeof alertsConfigSchema>;
