import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { fieldOf, settled } from '../../../../renderer/view/setting-schema.ts';
import type { Schema } from '../../../../renderer/view/setting-schema.ts';
import { asLines, asNumber } from '../../../../renderer/view/setting-text.ts';
import { countRows, foundSettings, settingGroups } from '../../../../renderer/view/setting-view.ts';
import type { SettingRowView } from '../../../../renderer/view/setting-view.ts';
import { settingHint } from '../../../../renderer/view/setting-words.ts';
import { words } from '../../../../renderer/words/words.ts';
import { configSchema } from '../../../../shared/contract/config.ts';
import type { SettingsReply } from '../../../../shared/contract/settings.ts';
import { settingLeaves, settingPath } from '../../../../shared/view/setting-path.ts';

const SCHEMA = z.toJSONSchema(configSchema, { io: 'input' }) as Record<string, unknown>;
const values = configSchema.parse({
  port: 7000,
  energy: { grid: { source: 'json', url: 'https://grid.example/', valuePath: 'now' } },
  projects: [{ id: 'shop', path: '/srv/shop' }],
});
const reply: SettingsReply = {
  file: '/home/sam/config.yaml',
  values,
  set: ['port'],
  hidden: [],
  schema: SCHEMA,
  problems: [],
};
const groups = settingGroups(reply, values, words);
const rows = groups.flatMap((group) => group.rows).filter((row) => row.kind === 'row');
const rowAt = (path: string): SettingRowView => {
  const row = rows.find((each) => each.path === path);
  if (row === undefined) throw new Error(`no row for ${path}`);
  return row;
};
const shapeOf = (type: z.ZodType): Schema => z.toJSONSchema(type, { io: 'input' }) as Schema;

describe('the settings as a page shows them', () => {
  it('leaves no key of the schema out', () => {
    const shown = new Set(rows.map(({ path }) => path));
    const off = groups
      .flatMap((group) => group.rows)
      .flatMap((row) => (row.kind === 'off' ? [row.path] : []));
    const missing = settingLeaves(values)
      .map(({ keys }) => settingPath(keys))
      .filter((path) => !shown.has(path) && !off.includes(path))
      // A list of groups that is empty has no row, only the way to add one.
      .filter((path) => groups.every((group) => group.path !== path));
    expect(missing).toEqual([]);
  });

  it.each([
    ['alerts.email.tls', 'TLS'],
    ['sync.manus.webhookUrl', 'Webhook URL'],
    ['jobs.ageingMinutes', 'Ageing minutes'],
  ])('writes %s as %s', (path, label) => {
    expect(rowAt(path).label).toBe(label);
  });

  it('has a help text and a control of its own for each', () => {
    expect(rows.filter(({ help }) => help === '').map(({ path }) => path)).toEqual([]);
    // Lists of groups without a name and names of the person's own are written as they are; nothing simple is.
    const written = rows.filter(({ field }) => field.kind === 'json');
    expect(written.filter(({ value }) => typeof value !== 'object').map(({ path }) => path)).toEqual([]);
  });

  it('says what may be typed, what the default is, and what waits for a restart', () => {
    expect(settingHint(rowAt('intervalSeconds'), words)).toBe('From 5 to 600. Default: 30.');
    expect(settingHint(rowAt('energy.alwaysOnMains'), words)).toBe('Default: off.');
    expect(settingHint(rowAt('energy.nut'), words)).toBe('Default: none.');
    expect(settingHint(rowAt('projects[0].deployBranches'), words)).toBe(
      'One a line. Default: main, master.',
    );
    expect(rowAt('port')).toMatchObject({ isSet: true, needsRestart: true, value: 7000 });
    expect(rowAt('intervalSeconds')).toMatchObject({ isSet: false, needsRestart: false });
  });

  it('shows a group that is off as one row, and one that is on with the way to turn it off', () => {
    const evidence = groups.find(({ path }) => path === 'projects[0].evidence');
    expect(evidence?.rows.find((row) => row.path === 'projects[0].evidence.prometheus')).toMatchObject({
      kind: 'off',
      title: 'Projects: shop: evidence: Prometheus',
    });
    expect(groups.find(({ path }) => path === 'energy.grid')?.canTurnOff).toBe(true);
    expect(groups.find(({ path }) => path === 'projects[0]')).toMatchObject({
      isItem: true,
      title: 'Projects: shop',
    });
    expect(groups.find(({ path }) => path === 'projects')?.nextItemPath).toBe('projects[1]');
  });

  it('finds by key, name and help text, every word of it', () => {
    expect(foundSettings(groups, 'nut ca').flatMap((group) => group.rows.map(({ path }) => path))).toEqual([
      'energy.nutCaFile',
    ]);
    expect(countRows(foundSettings(groups, 'CAPTIVE portal'))).toBe(1);
    expect(foundSettings(groups, 'no such thing')).toEqual([]);
    expect(foundSettings(groups, '  ')).toBe(groups);
  });
});

describe('the control of a schema', () => {
  it.each([
    [z.boolean(), 'switch'],
    [z.enum(['a', 'b']), 'choice'],
    [z.enum(['a', 'b']).nullable().default(null), 'choice'],
    [z.literal(1), 'fixed'],
    [z.number().int().min(1).default(2), 'number'],
    [z.string().nullable(), 'text'],
    [z.array(z.string()), 'lines'],
    [z.array(z.number()), 'json'],
    [z.record(z.string(), z.number()), 'json'],
    [z.union([z.string(), z.number()]), 'json'],
  ])('%# is shown as %s', (type, kind) => {
    expect(fieldOf(shapeOf(type)).kind).toBe(kind);
  });

  it('knows what may be nothing', () => {
    expect(settled(shapeOf(z.number().nullable())).isNullable).toBe(true);
    expect(settled(shapeOf(z.number())).isNullable).toBe(false);
    expect(fieldOf(shapeOf(z.number().int().nullable()))).toEqual({
      kind: 'number',
      least: null,
      most: null,
      isWhole: true,
      isNullable: true,
    });
  });
});

describe('what is typed', () => {
  const number = { kind: 'number', least: 0, most: 9, isWhole: false, isNullable: false } as const;

  it('is a number with either decimal sign, and stays text where it is none', () => {
    expect(asNumber(' 1,5 ', number)).toBe(1.5);
    expect(asNumber('30', number)).toBe(30);
    expect(asNumber('many', number)).toBe('many');
    expect(asNumber('', number)).toBe('');
    expect(asNumber('', { ...number, isNullable: true })).toBeNull();
  });

  it('is one item a line', () => {
    expect(asLines('main\n\n  release/* \n')).toEqual(['main', 'release/*']);
    expect(asLines('')).toEqual([]);
  });
});
