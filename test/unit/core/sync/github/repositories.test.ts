import { expect, it } from 'vitest';

import { repositoriesOf, settingNotes } from '../../../../../core/sync/github/repositories.ts';
import { configSchema } from '../../../../../shared/contract/config.ts';

const textsOf = (githubs: Readonly<Record<string, object>>): string[] => {
  const projects = Object.entries(githubs).map(([id, github]) => ({ id, path: `/${id}`, github }));
  return settingNotes(repositoriesOf(configSchema.parse({ projects }))).map(({ text }) => text);
};

it('one note names the projects of a repository whose settings differ, and whose count', () => {
  expect(
    textsOf({
      shop: { repository: 'ann/shop', commitStatus: true },
      blog: { repository: 'Ann/Shop', mergeMethod: 'rebase' },
      other: { repository: 'ann/other' },
    }),
  ).toEqual([
    'The projects shop and blog share the GitHub repository ann/shop with other settings (commitStatus, mergeMethod): ' +
      'those of shop count.',
  ]);
});

it('says nothing of settings that are the same, or each project’s own', () => {
  const one = { repository: 'ann/shop', commitStatus: true };
  expect(textsOf({ shop: one, blog: { ...one, environments: ['blog'], autoMerge: true } })).toEqual([]);
});
