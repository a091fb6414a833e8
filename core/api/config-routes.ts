import {
  settingEditsSchema,
  settingsCheckReplySchema,
  settingsReplySchema,
} from '../../shared/contract/settings.ts';
import { Refused } from './refused.ts';
import { row, type Route } from './route.ts';

/** The person's settings. */
export const CONFIG_ROUTES: readonly Route[] = [
  row({
    method: 'GET',
    path: '/v1/config',
    since: '0.1.0',
    summary: 'Every setting with its schema, and which ones the file sets. Secrets are left out.',
    reply: settingsReplySchema,
    handle: (door) => door.settings.view(),
  }),
  row({
    method: 'PATCH',
    path: '/v1/config',
    since: '0.1.0',
    summary: 'Changes settings together in config.yaml, whose comments stay; all of them or none.',
    body: settingEditsSchema,
    reply: settingsReplySchema,
    async handle(door, { body }) {
      const answer = await door.settings.change(body);
      if (!('ok' in answer)) return answer;
      const [first] = answer.problems;
      const said = first === undefined ? 'The settings cannot be read.' : first.text;
      const field = first?.field ?? null;
      throw new Refused(422, 'invalid', field === null ? said : `${field}: ${said}`, field ?? undefined);
    },
  }),
  row({
    method: 'POST',
    path: '/v1/config/check',
    since: '0.1.0',
    summary: 'What would be wrong with such a change; writes nothing.',
    body: settingEditsSchema,
    reply: settingsCheckReplySchema,
    handle: (door, { body }) => door.settings.check(body),
  }),
];
