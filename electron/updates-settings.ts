import { requestCoreJson } from '../core/client/core-request.ts';
import type { EndpointFile } from '../shared/contract/endpoint-file.ts';
import type { UpdatesConfig } from '../shared/contract/updates-config.ts';

/** The `updates` of the settings in force, as the running core tells them; null when none runs. */
export async function readUpdatesSettings(endpoint: EndpointFile | null): Promise<UpdatesConfig | null> {
  if (endpoint === null) return null;
  const reply = (await requestCoreJson(endpoint, 'GET', '/v1/config')) as {
    values?: { updates?: Partial<UpdatesConfig> };
  };
  const { feedUrl, checkEveryHours } = reply.values?.updates ?? {};
  if (typeof feedUrl !== 'string' || typeof checkEveryHours !== 'number') return null;
  // A core of another version has other rules of what may stand there.
  return new URL(feedUrl).protocol === 'https:' ? { feedUrl, checkEveryHours } : null;
}
