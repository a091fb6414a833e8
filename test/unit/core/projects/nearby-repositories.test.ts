import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { nearbyRepositories } from '../../../../core/projects/nearby-repositories.ts';
import { fakeClock } from '../../../fakes/fake-clock.ts';

let home = '';
beforeEach(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'home-')));
});
afterEach(() => rmSync(home, { recursive: true }));

function repository(path: string, changedAt: string): string {
  const dir = join(home, path);
  const head = join(dir, '.git/HEAD');
  mkdirSync(dirname(head), { recursive: true });
  writeFileSync(head, 'ref: refs/heads/main\n');
  for (const part of [head, dirname(head)]) utimesSync(part, new Date(changedAt), new Date(changedAt));
  return dir;
}
const found = async (known: readonly string[] = []): Promise<readonly string[]> =>
  (await nearbyRepositories(home, known, fakeClock())).map(({ path }) => path.slice(home.length + 1));

describe('repositories in the home', () => {
  it('come in the order they were worked on, down to the third folder', async () => {
    repository('shop', '2026-01-01T00:00:00Z');
    repository('code/team/model', '2026-01-03T00:00:00Z');
    repository('code/docs', '2026-01-02T00:00:00Z');
    repository('a/b/c/too-deep', '2026-01-04T00:00:00Z');
    expect(await found()).toEqual(['code/team/model', 'code/docs', 'shop']);
    expect(await nearbyRepositories(home, [], fakeClock())).toContainEqual({
      path: join(home, 'shop'),
      name: 'shop',
      changedAt: '2026-01-01T00:00:00.000Z',
    });
  });

  it('are not offered twice, nor those inside of others, hidden or of other programs', async () => {
    const shop = repository('shop', '2026-01-01T00:00:00Z');
    repository('shop/vendor/inner', '2026-01-02T00:00:00Z');
    repository('.cache/thing', '2026-01-02T00:00:00Z');
    repository('node_modules/thing', '2026-01-02T00:00:00Z');
    expect(await found()).toEqual(['shop']);
    expect(await found([shop])).toEqual([]);
  });

  it('are not looked for behind links', async () => {
    const away = mkdtempSync(join(tmpdir(), 'away-'));
    mkdirSync(join(away, 'shop/.git'), { recursive: true });
    symlinkSync(away, join(home, 'link'));
    expect(await found()).toEqual([]);
    rmSync(away, { recursive: true });
  });

  it('are twelve at most, and none without a home', async () => {
    for (let index = 0; index < 20; index += 1) repository(`p${index}`, '2026-01-01T00:00:00Z');
    expect(await found()).toHaveLength(12);
    expect(await nearbyRepositories('', [], fakeClock())).toEqual([]);
    expect(await nearbyRepositories(join(home, 'nowhere'), [], fakeClock())).toEqual([]);
  });
});
