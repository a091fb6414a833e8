import { mkdtemp, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { beforeEach, expect, test } from 'vitest';

import { addProject, editConfig, removeProject } from '../../../core/config-edit.ts';
import { placesFrom, type Places } from '../../../core/places.ts';

let places: Places;
beforeEach(async () => {
  places = placesFrom({ ORCH_HOME: await mkdtemp(join(tmpdir(), 'orch-config-')) }, 'linux', '/nowhere');
});
const shop = { id: 'shop', path: '/srv/shop', profile: 'business' } as const;

test('the first project makes the file, readable by its owner alone', async () => {
  await editConfig(places, addProject(shop));
  expect(await readFile(places.configPath, 'utf8')).toContain('id: shop');
  expect((await stat(places.configPath)).mode & 0o777).toBe(0o600);
});

test('comments and order of the person survive an edit', async () => {
  await writeFile(
    places.configPath,
    '# mine\nport: 7000 # the old one\n\nprojects:\n  - id: a # first\n    path: /a\n',
  );
  await editConfig(places, addProject(shop));
  const text = await readFile(places.configPath, 'utf8');
  for (const comment of ['# mine', '# the old one', '# first']) expect(text).toContain(comment);
  await editConfig(places, removeProject(1));
  expect(await readFile(places.configPath, 'utf8')).not.toContain('shop');
});

test('a file with an error is left as it is', async () => {
  const broken = 'port: many\n';
  await writeFile(places.configPath, broken);
  expect((await editConfig(places, addProject(shop))).ok).toBe(false);
  expect(await readFile(places.configPath, 'utf8')).toBe(broken);
});

test('a change that would make a bad file writes nothing', async () => {
  await editConfig(places, addProject(shop));
  const before = await readFile(places.configPath, 'utf8');
  expect((await editConfig(places, addProject(shop))).ok).toBe(false);
  expect(await readFile(places.configPath, 'utf8')).toBe(before);
});
