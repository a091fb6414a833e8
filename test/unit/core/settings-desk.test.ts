import { mkdir, mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { beforeEach, describe, expect, test } from 'vitest';

import { readConfig } from '../../../core/config-file.ts';
import { createMemoryRecord } from '../../../core/history/memory-record.ts';
import type { RecordStore } from '../../../core/history/record.ts';
import { placesFrom, type Places } from '../../../core/places.ts';
import { createProjectDesk, type ProjectDesk } from '../../../core/project-desk.ts';
import { createSettingsDesk, type SettingsDesk } from '../../../core/settings-desk.ts';
import { createSettingsFile } from '../../../core/settings-file.ts';
import { fakeClock } from '../../fakes/fake-clock.ts';

const OWN_TEXT = `# my machine
port: 7000 # the old one

# how power is seen
energy:
  # the cupboard
  nut: 127.0.0.1:3493
  ignoreSupplies:
    - BAT9 # the dead one
projects:
  - id: shop # the first
    path: /srv/shop
`;

let places: Places;
let record: RecordStore;
let settings: SettingsDesk;
let projects: ProjectDesk;
let changes: number;

beforeEach(async () => {
  const home = await mkdtemp(join(tmpdir(), 'orch-settings-'));
  places = placesFrom({ ORCH_HOME: home }, 'linux', '/nowhere');
  await writeFile(places.configPath, OWN_TEXT);
  record = createMemoryRecord();
  changes = 0;
  const clock = fakeClock();
  const file = createSettingsFile(places);
  const first = await readConfig(places.configPath);
  if (!first.ok) throw new Error('the example settings are wrong');
  const desk = { clock, who: 'sam', record, file, onChange: () => (changes += 1) };
  settings = createSettingsDesk({ ...desk, inForce: () => ({ config: first.config, problems: [] }) });
  projects = createProjectDesk({ ...desk, homeDir: home });
});
const text = (): Promise<string> => readFile(places.configPath, 'utf8');

describe('settings', () => {
  test('every one is told with its help text, and which ones the file sets', async () => {
    const view = await settings.view();
    expect(view.set).toEqual([
      'port',
      'energy.nut',
      'energy.ignoreSupplies',
      'projects[0].id',
      'projects[0].path',
    ]);
    expect(view.values['intervalSeconds']).toBe(30);
    const { properties } = view.schema as { properties: Record<string, Record<string, unknown>> };
    expect(properties['port']).toMatchObject({ default: 7717, maximum: 65535, restart: true });
    expect(properties['port']?.['description']).toContain('127.0.0.1');
    expect(view.hidden).toEqual([]);
  });

  test('a change is written at its place and every comment stays', async () => {
    const answer = await settings.change([
      { path: 'port', value: 7001 },
      { path: 'energy.nut', value: '127.0.0.1:3500' },
      { path: 'energy.ignoreSupplies', value: ['BAT9', 'BAT8'] },
      { path: 'network.probeUrl', value: 'https://example.org/' },
      { path: 'projects[0].evidence.healthUrls', value: ['http://127.0.0.1:8080/health'] },
    ]);
    expect(answer).toMatchObject({ values: { port: 7001, network: { probeUrl: 'https://example.org/' } } });
    const now = await text();
    for (const comment of [
      'my machine',
      'the old one',
      'how power',
      'the cupboard',
      'the dead one',
      'the first',
    ])
      expect(now).toContain(`# ${comment}`);
    expect(now).toContain('port: 7001 # the old one');
    expect(await readConfig(places.configPath)).toMatchObject({
      ok: true,
      config: { energy: { ignoreSupplies: ['BAT9', 'BAT8'] } },
    });
    expect(changes).toBe(1);
  });

  test('the record says which settings were changed, and never to what', async () => {
    await settings.change([{ path: 'energy.nutUser', value: 'monitor-user' }]);
    const [entry] = record.audits({ limit: 1 });
    expect(entry).toMatchObject({ actor: 'sam', act: 'settings-changed', cause: 'energy.nutUser' });
    expect(JSON.stringify(entry)).not.toContain('monitor-user');
  });

  test('back to the default takes the key out; what a person wrote above it stays', async () => {
    await settings.change([{ path: 'energy.nut' }, { path: 'energy.ignoreSupplies' }]);
    const now = await text();
    expect(now).not.toContain('nut:');
    expect(now).toContain('# the cupboard');
    expect((await readConfig(places.configPath)).ok).toBe(true);
    const view = await settings.change([{ path: 'port' }]);
    expect(view).toMatchObject({ values: { port: 7717 } });
  });

  test.each([
    [{ path: 'port', value: 70_000 }, 'port', 'above the most allowed'],
    [{ path: 'port', value: 'many' }, 'port', 'is not a number'],
    [{ path: 'energy.nut', value: 'a b' }, 'energy.nut', 'must be HOST or HOST:PORT'],
    [{ path: 'projects[0].profile', value: 'bussiness' }, 'projects[0].profile', 'is not one of business'],
    [{ path: 'energy.batteries', value: 1 }, 'energy.batteries', 'no such setting'],
    [{ path: 'energy', value: 'none' }, 'energy', 'is not a group of settings'],
  ])('refuses %j, names the field, and writes nothing', async (edit, field, words) => {
    const answer = await settings.change([{ path: 'intervalSeconds', value: 60 }, edit]);
    expect(answer).toMatchObject({ ok: false, problems: [{ field }] });
    expect(JSON.stringify(answer)).toContain(words);
    expect(await text()).toBe(OWN_TEXT);
    expect(record.audits({ limit: 1 })).toEqual([]);
    expect(await settings.check([edit])).toMatchObject({ ok: false, problems: [{ field }] });
  });

  test('a group that was off can be set as a whole, and is checked as a whole', async () => {
    const half = [{ path: 'energy.grid.source', value: 'json' }];
    expect(await settings.check(half)).toMatchObject({ problems: [{ field: 'energy.grid.url' }, {}] });
    const whole = [
      ...half,
      { path: 'energy.grid.url', value: 'https://grid.example/now' },
      { path: 'energy.grid.valuePath', value: 'now' },
    ];
    expect(await settings.check(whole)).toEqual({ ok: true, problems: [] });
    expect(await text()).toBe(OWN_TEXT);
    await settings.change(whole);
    expect(await settings.change([{ path: 'energy.grid', value: null }])).toMatchObject({
      values: { energy: { grid: null } },
    });
  });

  test('a file that is broken already is left alone, and says where', async () => {
    await writeFile(places.configPath, 'port: many\n');
    expect(await settings.change([{ path: 'intervalSeconds', value: 60 }])).toMatchObject({ ok: false });
    expect(await text()).toBe('port: many\n');
  });

  test('changes at the same moment are all kept', async () => {
    await Promise.all([
      settings.change([{ path: 'intervalSeconds', value: 60 }]),
      settings.change([{ path: 'port', value: 7100 }]),
      settings.change([{ path: 'energy.feedingUps', value: 'ups@127.0.0.1' }]),
    ]);
    const { config } = (await readConfig(places.configPath)) as { config: object };
    expect(config).toMatchObject({
      intervalSeconds: 60,
      port: 7100,
      energy: { feedingUps: 'ups@127.0.0.1' },
    });
  });

  test('a name made to reach beyond the settings reaches nothing', async () => {
    for (const path of ['__proto__.polluted', 'constructor.prototype.polluted', 'projects[0].__proto__.x']) {
      expect(await settings.change([{ path, value: 'yes' }])).toMatchObject({ ok: false });
    }
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(await text()).toBe(OWN_TEXT);
  });
});

describe('projects', () => {
  const folder = async (name: string): Promise<string> => {
    const path = join(places.configDir, name);
    await mkdir(path, { recursive: true });
    return path;
  };

  test('a folder is added under a name of its own, links followed, and home is ~', async () => {
    const path = await folder('My Shop');
    await symlink(path, join(places.configDir, 'link'));
    expect(await projects.add({ path: '~/link', profile: 'ml' })).toEqual({
      id: 'my-shop',
      path,
      profile: 'ml',
    });
    expect(await text()).toContain('# the first');
    expect(record.audits({ limit: 1 })).toMatchObject([{ act: 'project-added', project: 'my-shop' }]);
  });

  test.each([
    ['shop', 'must be the whole path'],
    ['/no/such/folder', 'there is no such folder'],
    ['/etc/hostname', 'is not a folder'],
    ['/etc/\u0000x', 'cannot be read'],
  ])('%j is refused in words', async (path, words) => {
    const answer = await projects.add({ path, profile: 'business' });
    expect(answer).toMatchObject({ field: 'path', problem: expect.stringContaining(words) as string });
    expect(await text()).toBe(OWN_TEXT);
  });

  test('neither a folder nor a name is taken twice', async () => {
    const path = await folder('one');
    await projects.add({ path, profile: 'business' });
    expect(await projects.add({ path, profile: 'ml' })).toMatchObject({ field: 'path' });
    const other = await folder('two');
    expect(await projects.add({ path: other, id: 'one', profile: 'ml' })).toMatchObject({ field: 'id' });
    expect(await projects.add({ path: other, id: 'infrastructure', profile: 'ml' })).toMatchObject({
      field: 'id',
    });
  });

  test('it is changed in place and removed, and its comments stay with it', async () => {
    const path = await folder('shop');
    expect(await projects.change('shop', { profile: 'ml', path, showInTray: false })).toEqual({
      id: 'shop',
      path,
      profile: 'ml',
    });
    expect(await text()).toContain('id: shop # the first');
    expect(await projects.change('gone', { profile: 'ml' })).toBeNull();
    expect(await projects.remove('infrastructure')).toBeNull();
    expect(await projects.remove('shop')).toEqual({ id: 'shop', removed: true });
    expect(await text()).not.toContain('/srv/shop');
    expect(await text()).toContain('# my machine');
  });
});
