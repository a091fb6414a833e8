import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createShowOnDesktop } from '../../../../core/alerts/desktop-channel.ts';
import { fakeClock } from '../../../fakes/fake-clock.ts';

const SOURCE = resolve(import.meta.dirname, '../../../../core/alerts/desktop-channel.ts');
let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'orch-notify-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** Shows one notice through the real library, with a `notify-send` of the test's own on the path. */
function show(program: string | null, notice: object, patience = 10): Promise<string> {
  if (program !== null) {
    const path = join(dir, 'notify-send');
    writeFileSync(path, `#!/bin/sh\n${program}\n`);
    chmodSync(path, 0o755);
  }
  const script = `
    import { createShowOnDesktop } from ${JSON.stringify(SOURCE)};
    const clock = { after: (ms, act) => { const timer = setTimeout(act, ms * ${patience}); return () => clearTimeout(timer); } };
    const show = createShowOnDesktop(clock, 'linux', { DISPLAY: ':9' });
    console.log(JSON.stringify(await show(${JSON.stringify(notice)})));
    process.exit(0);
  `;
  const env = { ...process.env, PATH: program === null ? dir : `${dir}:/usr/bin:/bin` };
  return new Promise((done, fail) => {
    execFile(
      process.execPath,
      ['--input-type=module', '--disable-warning=ExperimentalWarning', '-e', script],
      { env },
      (error, out) => (error === null ? done(out.trim()) : fail(new Error(error.message))),
    );
  });
}

const words = (title: string, text: string) => ({
  code: 'x',
  severity: 'critical',
  title,
  text,
  project: null,
  sinceMs: 0,
});

describe.skipIf(process.platform !== 'linux')('notices of a core without a shell (Linux)', () => {
  it('reach the desktop as data, never as options or commands', async () => {
    const hostile = words(
      '-u low $(touch pwned) `touch pwned`',
      'line one\nline "two" \\ $HOME; touch pwned',
    );
    const said = await show(`for one in "$@"; do printf '%s\\n' "$one"; done > "${dir}/args"`, {
      words: hostile,
      replaces: 'energy',
      silent: false,
    });
    expect(said).toBe('null');
    const args = readFileSync(join(dir, 'args'), 'utf8').trimEnd().split('\n');
    expect(args.slice(0, 2)).toEqual([
      '\u2013u low $(touch pwned) `touch pwned`',
      'line one · line "two" \\ $HOME; touch pwned',
    ]);
    expect(args).toContain('critical');
    expect(args).toContain('string:x-canonical-private-synchronous:orch-energy');
    expect(existsSync(join(process.cwd(), 'pwned')) || existsSync(join(dir, 'pwned'))).toBe(false);
  });

  it('are without sound when it is quiet', async () => {
    await show(`printf '%s\\n' "$@" > "${dir}/args"`, {
      words: words('a', 'b'),
      replaces: 'a',
      silent: true,
    });
    expect(readFileSync(join(dir, 'args'), 'utf8')).toContain('boolean:suppress-sound:true');
  });

  it.each([
    ['without a program', null, 10, 'notify-send is not installed'],
    ['refused', 'exit 1', 10, 'the desktop refused to show it'],
    ['never answered', 'exec sleep 5', 0.05, 'no notification service answered within 2 s'],
  ])('that are %s are told', async (_how, program, patience, why) => {
    expect(await show(program, { words: words('a', 'b'), replaces: 'a', silent: false }, patience)).toBe(
      JSON.stringify(why),
    );
  });

  it('are not tried without a session', async () => {
    const tried = createShowOnDesktop(fakeClock(), 'linux', {});
    expect(
      await tried({ words: { ...words('a', 'b'), severity: 'info' }, replaces: 'a', silent: false }),
    ).toBe('there is no desktop session');
  });
});
