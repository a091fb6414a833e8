import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { classify } from '../../../../cli/commands/classify.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'orch-classify-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

async function run(
  argv: string[],
  pieces: string[] = [],
): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const code = await classify(argv, {
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    env: {},
    async *stdin() {
      for (const piece of pieces) yield await Promise.resolve(piece);
    },
  });
  return { code, out, err };
}
const json = async (...argv: string[]): Promise<unknown> => JSON.parse((await run([...argv, '--json'])).out);

describe('orch classify', () => {
  it('answers in the shape others rely on', async () => {
    expect(await json('--message', 'fix(api): mend the total')).toEqual({
      schemaVersion: 1,
      type: 'fix',
      safe: false,
      reason: 'mends what is broken',
      needsReview: false,
      conventional: { type: 'fix', scope: 'api', breaking: false, subject: 'mend the total' },
    });
    expect(await json('--message', 'mend the total')).toMatchObject({ type: 'feature', conventional: null });
  });

  it('says it in words without --json', async () => {
    expect(await run(['--message', 'docs: x'])).toEqual({
      code: 0,
      out: 'safe, safe: docs by its title; the changed files are not known\n',
      err: '',
    });
  });

  it('takes paths from a file, one a line', async () => {
    const list = join(dir, 'changed.txt');
    writeFileSync(list, 'src/a.ts\r\ndocs/with space.md\n\n.github/workflows/ci.yml\n');
    expect(await json('--message', 'fix: x', '--paths', list)).toMatchObject({
      type: 'infra',
      needsReview: true,
    });
    writeFileSync(list, 'README.md\n');
    expect(await json('--message', 'chore: x', '--paths', list)).toMatchObject({ safe: true });
    writeFileSync(list, '');
    expect(await json('--message', 'chore: x', '--paths', list)).toMatchObject({ safe: false });
  });

  it('takes paths themselves, also of files that are there', async () => {
    expect(await json('--message', 'fix: x', '--paths', 'go.mod')).toMatchObject({ type: 'infra' });
    expect(await json('--message', 'fix: x', '--paths', 'a.ts,go.sum')).toMatchObject({ type: 'infra' });
    expect(await json('--message', 'fix: x', '--paths', 'a.ts', '--paths', 'go.sum')).toMatchObject({
      type: 'infra',
    });
    for (const [name, content] of [
      ['requirements.txt', 'flask==3.0\nREADME.md\n'],
      ['package.json', '{"name":"x"}'],
      ['pay.ts', 'export const x = 1;\n'],
    ] as const) {
      writeFileSync(join(dir, name), content);
      const answer = await json('--message', 'docs: x', '--paths', join(dir, name));
      expect(answer, name).toMatchObject({ safe: false, needsReview: true });
    }
  });

  it('takes paths from standard input', async () => {
    const { out } = await run(
      ['--message', 'fix: x', '--paths', '-', '--json'],
      ['src/a', '.ts\nyarn.lock\n'],
    );
    expect(JSON.parse(out)).toMatchObject({ type: 'infra' });
  });

  it('--stdin: one title a line in, one object a line out, whatever the pieces', async () => {
    const { code, out } = await run(['--stdin'], ['fix: a\r\nfe', 'at: b\n', '\nchore(deps): c']);
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string });
    expect(code).toBe(0);
    expect(lines.map(({ type }) => type)).toEqual(['fix', 'feature', 'feature', 'infra']);
  });

  it.each([
    [[]],
    [['--stdin', '--message', 'x']],
    [['--stdin', '--paths', 'x']],
    [['--message', 'x', 'y']],
    [['--nonsense']],
  ])('%j is a usage error', async (argv) => {
    await expect(run(argv)).rejects.toMatchObject({ name: 'UsageError' });
  });
});
