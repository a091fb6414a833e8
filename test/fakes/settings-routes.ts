import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { readConfig } from '../../core/config-file.ts';
import { createMemoryRecord } from '../../core/history/memory-record.ts';
import { placesFrom } from '../../core/places.ts';
import { createProjectDesk } from '../../core/project-desk.ts';
import { createSettingsDesk } from '../../core/settings-desk.ts';
import { createSettingsFile } from '../../core/settings-file.ts';
import type { ProjectAdd, ProjectChange, SettingEdit } from '../../shared/contract/settings.ts';
import { fakeClock } from './fake-clock.ts';
import type { Answer } from './fake-project-routes.ts';
import { memorySecrets } from './memory-secrets.ts';

export interface SettingsRoutes {
  /** A home with a folder `shop` and the settings file. */
  readonly homeDir: string;
  readonly configPath: string;
  answer(method: string, url: URL, bodyText: string): Promise<Answer | null>;
  remove(): Promise<void>;
}

/** The core's own desks over a settings file of their own, behind the routes of the endpoint. */
export async function createSettingsRoutes(text: string): Promise<SettingsRoutes> {
  const homeDir = await mkdtemp(join(tmpdir(), 'orch-settings-page-'));
  const places = placesFrom({ ORCH_HOME: homeDir }, 'linux', homeDir);
  await writeFile(places.configPath, text);
  await mkdir(join(homeDir, 'shop'));
  let inForce = await readConfig(places.configPath);
  const desk = {
    clock: fakeClock(),
    who: 'sam',
    record: createMemoryRecord(),
    file: createSettingsFile(places),
    onChange: () => undefined,
  };
  const settings = createSettingsDesk({
    ...desk,
    inForce: () => {
      if (!inForce.ok) throw new Error('the example settings are wrong');
      return { config: inForce.config, problems: [] };
    },
  });
  const kept = memorySecrets();
  const projects = createProjectDesk({ ...desk, homeDir });
  const reply = (value: object | null): Answer => {
    if (value === null) return refused(404, 'no such project', 'id');
    if ('problem' in value) {
      const { problem, field } = value as { problem: string; field: string };
      return refused(422, `${field}: ${problem}.`, field);
    }
    if ('ok' in value && value.ok === false) {
      const [first] = (value as { problems?: { field: string; text: string }[] }).problems ?? [];
      return refused(422, `${first?.field ?? ''}: ${first?.text ?? ''}`, first?.field ?? '');
    }
    return { status: 200, value };
  };

  return {
    homeDir,
    configPath: places.configPath,
    async answer(method, { pathname }, bodyText) {
      const body: unknown = bodyText === '' ? {} : JSON.parse(bodyText);
      const id = /^\/v1\/projects\/([^/]+)$/.exec(pathname)?.[1];
      inForce = await readConfig(places.configPath);
      if (id !== undefined && method === 'DELETE')
        return reply(await projects.remove(decodeURIComponent(id)));
      if (id !== undefined && method === 'PATCH') {
        return reply(await projects.change(decodeURIComponent(id), body as ProjectChange));
      }
      switch (`${method} ${pathname}`) {
        case 'POST /v1/projects':
          return reply(await projects.add(body as ProjectAdd));
        case 'GET /v1/config':
          // Where it really is differs from run to run, and pictures are kept.
          return reply({
            ...(await settings.view()),
            file: '/home/sam/.config/meta-orchestrator/config.yaml',
          });
        case 'GET /v1/secrets':
          return reply(kept.states());
        case 'PUT /v1/secrets/smtp-password':
          kept.put('smtp-password', 'hush');
          return reply({});
        case 'PATCH /v1/config':
          return reply(await settings.change(body as SettingEdit[]));
        case 'POST /v1/config/check':
          return { status: 200, value: await settings.check(body as SettingEdit[]) };
        default:
          return null;
      }
    },
    remove: () => rm(homeDir, { recursive: true, force: true }),
  };
}

function refused(status: number, message: string, field: string): Answer {
  return { status, value: { error: { code: status === 404 ? 'not-found' : 'invalid', message, field } } };
}
