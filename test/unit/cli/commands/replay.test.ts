import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

import { replay } from '../../../../cli/commands/replay.ts';
import { UsageError } from '../../../../cli/usage-error.ts';
import { burstyLoad, drainingSamples } from '../../../fakes/draining-laptop.ts';

const dir = mkdtempSync(join(tmpdir(), 'orch-replay-'));
afterAll(() => {
  rmSync(dir, { recursive: true, force: true });
});

/** A recorded discharge of a laptop in burst and rest, a row a minute. */
function recorded(name: string, day: number, drawnW: (minutes: number) => number = burstyLoad(day)): string {
  const fromMs = Date.UTC(2026, 0, day, 9);
  const samples = drainingSamples({ drawnW, fromMs, stepMs: 60_000 });
  const lines = samples.map(
    ({ atMs, percent, powerW }) =>
      `${new Date(atMs).toISOString()},${percent!.toFixed(2)},discharging,${Math.abs(powerW!)}`,
  );
  const path = join(dir, name);
  writeFileSync(path, `iso_time,percent,state,watts\n${lines.join('\n')}\n`);
  return path;
}

async function run(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' };
  const code = await replay(argv, {
    out: (text) => void (said.out += text),
    err: (text) => void (said.err += text),
    env: {},
  });
  return { code, ...said };
}

interface Line {
  at: string;
  level: string;
  percent: number;
  state: string;
  forecast: { thresholdPercent: number; minutes10: number; minutes50: number; minutes90: number }[];
}
const linesOf = (out: string): Line[] =>
  out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);

const monday = recorded('monday.csv', 5);

describe('orch replay', () => {
  it('prints one object a row with --json, and the error per horizon beside it', async () => {
    const { code, out, err } = await run(monday, '--json', '--thresholds', '50,20');
    expect(code).toBe(0);
    const lines = linesOf(out);
    expect(lines[0]).toEqual({
      at: '2026-01-05T09:00:00.000Z',
      level: 'HIGH',
      percent: 90,
      state: 'discharging',
      forecast: [],
    });
    expect(lines[3]!.forecast.map((one) => one.thresholdPercent)).toEqual([50, 20]);
    expect(lines.at(-1)!.level).toBe('CRITICAL');
    expect(err).toMatch(
      /up to {2}30 min ahead: \d+\.\d min on average, \d+\.\d min too (long|short) \(\d+ forecasts\)/,
    );
  });

  it('forecasts 20, 5 and 0 percent unless told otherwise', async () => {
    const lines = linesOf((await run(monday, '--json')).out);
    expect(lines[10]!.forecast.map((one) => one.thresholdPercent)).toEqual([20, 5, 0]);
  });

  it('prints lines for people without --json, with the error at the end', async () => {
    const { out, err } = await run(monday);
    expect(out).toContain('MEDIUM');
    expect(out).toMatch(/20\u202f% in .* to .*; 5\u202f% in/);
    expect(out).toContain('How far off the forecasts were:');
    expect(out.split('\n').length).toBeLessThan(40);
    expect(err).toBe('');
  });

  it('starts from what the machine had learnt before, and counts errors of this trace alone', async () => {
    const quietDays = [1, 2, 3]
      .map((day) => ['--history', recorded(`quiet-${day}.csv`, day, () => 4)])
      .flat();
    const third = (out: string): number => linesOf(out)[3]!.forecast[0]!.minutes50;
    const stranger = await run(monday, '--json');
    const known = await run(monday, '--json', ...quietDays);
    expect(third(known.out)).toBeGreaterThan(third(stranger.out) * 1.3);
    const counts = (err: string): string[] => [...err.matchAll(/\((\d+) forecasts\)/g)].map((one) => one[1]!);
    const total = (err: string): number => counts(err).reduce((sum, count) => sum + Number(count), 0);
    expect(total(known.err)).toBeLessThan(total(stranger.err) * 1.5);
  });
});

describe('orch replay refuses', () => {
  it('a file that is not there or not a trace, with its place, as exit 2', async () => {
    expect(await run(join(dir, 'none.csv'))).toMatchObject({
      code: 2,
      err: expect.stringContaining('no such file') as string,
    });
    const bad = join(dir, 'bad.csv');
    writeFileSync(bad, 'iso_time,percent,state\n2026-01-05T10:00:00Z,50,full\n2026-01-05T10:01:00Z,x,full\n');
    const said = await run(monday, '--history', bad);
    expect(said).toMatchObject({ code: 2, out: '' });
    expect(said.err).toContain(`${bad}:3: percent is "x"; allowed is a number from 0 to 100`);
  });

  it.each([
    [[]],
    [['a.csv', 'b.csv']],
    [[monday, '--thresholds', '20,five']],
    [[monday, '--thresholds', '120']],
    [[monday, '--thresholds', '']],
    [[monday, '--speed', '2']],
  ])('%j', async (argv) => {
    await expect(run(...argv)).rejects.toThrow(UsageError);
  });
});
