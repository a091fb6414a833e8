import { expect, test } from 'vitest';

import { settingKeys, settingLeaves, settingPath } from '../../../../shared/view/setting-path.ts';

test.each([
  ['port', ['port']],
  ['energy.grid.url', ['energy', 'grid', 'url']],
  ['projects[0].evidence.healthUrls', ['projects', 0, 'evidence', 'healthUrls']],
  ['a[10][2].b', ['a', 10, 2, 'b']],
])('%s is one path, both ways', (text, keys) => {
  expect(settingKeys(text)).toEqual(keys);
  expect(settingPath(keys)).toBe(text);
});

test('leaves are what holds something by itself: a list of texts is one, a list of groups is many', () => {
  const said = { port: 1, list: ['a', 'b'], none: null, empty: {}, projects: [{ id: 'a' }, { id: 'b' }] };
  expect(settingLeaves(said).map(({ keys }) => settingPath(keys))).toEqual([
    'port',
    'list',
    'none',
    'empty',
    'projects[0].id',
    'projects[1].id',
  ]);
  expect(settingLeaves({})).toEqual([]);
});
