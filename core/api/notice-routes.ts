import {
  alertsQuerySchema,
  alertsReplySchema,
  channelParamsSchema,
  channelStateSchema,
  declaredAlertSchema,
  quietSchema,
  setQuietSchema,
  shellReportSchema,
} from '../../shared/contract/alert.ts';
import { putSecretSchema, secretParamsSchema, secretStateSchema } from '../../shared/contract/secrets.ts';
import { SecretProblem } from '../secrets.ts';
import { Refused } from './refused.ts';
import { row, type Route } from './route.ts';

/** Alerts, where their notices go, when they are quiet, and the secrets that channels need. */
export const NOTICE_ROUTES: readonly Route[] = [
  row({
    method: 'GET',
    path: '/v1/alerts',
    since: '0.1.0',
    summary: 'What stands now, what stood before (newest first), and whether notices are quiet.',
    query: alertsQuerySchema,
    reply: alertsReplySchema,
    handle: (door, { query }) => door.notices.alerts(query),
  }),
  row({
    method: 'GET',
    path: '/v1/alerts/channels',
    since: '0.1.0',
    summary: 'Where notices go and how each channel fares.',
    reply: channelStateSchema.array(),
    handle: (door) => door.notices.channels(),
  }),
  row({
    method: 'GET',
    path: '/v1/alerts/declared',
    since: '0.1.0',
    summary: 'Every alert there can be.',
    reply: declaredAlertSchema.array(),
    handle: (door) => door.notices.declared(),
  }),
  row({
    method: 'GET',
    path: '/v1/alerts/quiet',
    since: '0.1.0',
    summary: 'Whether notices are quiet now, why and until when.',
    reply: quietSchema,
    handle: (door) => door.notices.quiet(),
  }),
  row({
    method: 'PUT',
    path: '/v1/alerts/quiet',
    since: '0.1.0',
    summary: 'Makes notices quiet for a while: CRITICAL passes once, without sound.',
    body: setQuietSchema,
    reply: quietSchema,
    handle: (door, { body }) => door.notices.setQuiet(body),
  }),
  row({
    method: 'DELETE',
    path: '/v1/alerts/quiet',
    since: '0.1.0',
    summary: "Ends the person's quiet; hours and focus go on.",
    reply: quietSchema,
    handle: (door) => door.notices.endQuiet(),
  }),
  row({
    method: 'POST',
    path: '/v1/alerts/test/:channel',
    since: '0.1.0',
    summary: 'Sends one test notice now, past limits and quiet hours, and says how it went.',
    params: channelParamsSchema,
    reply: channelStateSchema,
    handle: (door, { params }) => door.notices.test(params.channel),
  }),
  row({
    method: 'GET',
    path: '/v1/secrets',
    since: '0.1.0',
    summary: 'Which secrets are set. Their values are never told.',
    reply: secretStateSchema.array(),
    handle: (door) => door.notices.secrets(),
  }),
  row({
    method: 'PUT',
    path: '/v1/secrets/:name',
    since: '0.1.0',
    summary: 'Sets a secret. It cannot be read back.',
    params: secretParamsSchema,
    body: putSecretSchema,
    reply: secretStateSchema,
    handle(door, { params, body }) {
      try {
        return door.notices.putSecret(params.name, body.value);
      } catch (error) {
        if (error instanceof SecretProblem) throw new Refused(503, 'unavailable', `${error.message}.`);
        throw error;
      }
    },
  }),
  row({
    method: 'DELETE',
    path: '/v1/secrets/:name',
    since: '0.1.0',
    summary: 'Removes a secret.',
    params: secretParamsSchema,
    reply: secretStateSchema,
    handle: (door, { params }) => door.notices.removeSecret(params.name),
  }),
  row({
    method: 'PUT',
    path: '/v1/shell',
    since: '0.1.0',
    summary: 'What the desktop shell knows: tray, notices, focus. Holds while it listens as ?client=shell.',
    body: shellReportSchema,
    reply: shellReportSchema,
    handle: (door, { body }) => door.notices.shellReport(body),
  }),
];
