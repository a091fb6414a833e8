import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { readReportFile, type ReportReading } from '../../../../core/projects/report-file.ts';
import { BAD_REPORTS as BAD, fullWith as full } from '../../../fixtures/bad-reports.ts';
import { fakeClock } from '../../../fakes/fake-clock.ts';

const FILE = '.consciousness_report.json';
const FULL =
  '{"schemaVersion":1,"project":"shop","profile":"business","generatedAt":"2026-01-05T10:00:00Z",\n"scores":{"integration":70,"wellbeing":65,"stability":75},\n"mode":"SAFE","confidence":0.9}';

let root: string;
let dir: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'orch-report-'));
  dir = join(root, 'shop');
  mkdirSync(dir);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** Reads with a clock that jumps over the pauses, and counts them. */
async function read(file = FILE): Promise<{ reading: ReportReading; pausesMs: number[] }> {
  const pausesMs: number[] = [];
  const clock = fakeClock();
  const reading = await readReportFile(
    { dir, file },
    { ...clock, after: (delayMs, act) => (pausesMs.push(delayMs), setImmediate(act), () => undefined) },
  );
  return { reading, pausesMs };
}

const write = (content: string | Uint8Array): void => writeFileSync(join(dir, FILE), content);
const problemOf = (reading: ReportReading): string =>
  reading.kind === 'problem' ? reading.problem : reading.kind;

describe('behaviour 19: what may stand in place of a report', () => {
  it.each(BAD)('%s', async (_, content, message) => {
    write(content);
    const problem = problemOf((await read()).reading);
    expect(problem.startsWith(FILE)).toBe(true);
    expect(problem).toMatch(message);
    expect(problem).not.toMatch(/\p{Cc}|\u202e/u);
  });

  it('counts sixty of them', () => expect(BAD.length).toBeGreaterThanOrEqual(60));

  it('text in another encoding', async () => {
    write(Buffer.from(FULL, 'utf16le'));
    expect(problemOf((await read()).reading)).toMatch(/is not UTF-8 text|stands|empty/);
    write(Uint8Array.of(0x7b, 0xff, 0xfe, 0x7d));
    expect(problemOf((await read()).reading)).toBe(`${FILE} is not UTF-8 text`);
  });

  it('a directory', async () => {
    mkdirSync(join(dir, FILE));
    expect(problemOf((await read()).reading)).toBe(`${FILE} is a directory; a regular file is expected`);
  });

  it.skipIf(process.platform === 'win32')('a pipe, which is never opened to wait for a writer', async () => {
    execFileSync('mkfifo', [join(dir, FILE)]);
    expect(problemOf((await read()).reading)).toBe(`${FILE} is a pipe; a regular file is expected`);
  });

  it.skipIf(process.platform === 'win32')('a socket', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(join(dir, FILE), resolve));
    expect(problemOf((await read()).reading)).toBe(`${FILE} is a socket; a regular file is expected`);
    await new Promise((resolve) => server.close(resolve));
  });

  it.skipIf(process.platform === 'win32')('links: inside is read, outside and nowhere are not', async () => {
    writeFileSync(join(root, 'secret.json'), FULL);
    symlinkSync(join(root, 'secret.json'), join(dir, FILE));
    expect(problemOf((await read()).reading)).toContain('lies outside the project');
    rmSync(join(dir, FILE));
    symlinkSync('/dev/zero', join(dir, FILE));
    expect(problemOf((await read()).reading)).toContain('lies outside the project');
    rmSync(join(dir, FILE));
    symlinkSync(join(dir, 'nowhere'), join(dir, FILE));
    expect((await read()).reading.kind).toBe('absent');
    rmSync(join(dir, FILE));
    symlinkSync(FILE, join(dir, FILE));
    expect(problemOf((await read()).reading)).toContain('leads nowhere but to itself');
    rmSync(join(dir, FILE));
    writeFileSync(join(dir, 'real.json'), FULL);
    symlinkSync('real.json', join(dir, FILE));
    expect((await read()).reading.kind).toBe('report');
  });

  it.skipIf(process.platform === 'win32')('a folder on the way that is a link to elsewhere', async () => {
    mkdirSync(join(root, 'elsewhere'));
    writeFileSync(join(root, 'elsewhere', 'report.json'), FULL);
    symlinkSync(join(root, 'elsewhere'), join(dir, 'build'));
    expect(problemOf((await read('build/report.json')).reading)).toContain('lies outside the project');
  });

  it.each(['../report.json', '/etc/passwd', '..', '.', 'a/../../x'])('the name %s', async (name) => {
    writeFileSync(join(root, 'report.json'), FULL);
    expect(problemOf((await read(name)).reading)).toMatch(/lies outside the project|absent/);
  });

  it('a file over 1 MB, refused by its size before it is read', async () => {
    write(FULL);
    truncateSync(join(dir, FILE), 200 * 1024 * 1024);
    const { reading, pausesMs } = await read();
    expect(problemOf(reading)).toBe(`${FILE} is too large: 209715200 bytes, at most 1048576 are read`);
    expect(pausesMs).toEqual([]);
  });

  it('a file of exactly 1 MB, which is read', async () => {
    write(FULL.padEnd(1024 * 1024, ' '));
    expect((await read()).reading.kind).toBe('report');
    write(FULL.padEnd(1024 * 1024 + 1, ' '));
    expect(problemOf((await read()).reading)).toContain('is too large');
  });

  it('a text of nearly 1 MB inside', async () => {
    write(full(`"generator":"${'x'.repeat(1_000_000)}"`));
    const { reading } = await read();
    expect(reading.kind === 'report' && reading.report.generator?.length).toBe(200);
  });

  it('nothing at all', async () => {
    expect((await read()).reading).toEqual({ kind: 'absent' });
    rmSync(dir, { recursive: true });
    expect((await read()).reading).toEqual({ kind: 'absent' });
  });

  it('a sample cut at any byte: never a report, never a crash', async () => {
    for (let length = 0; length < FULL.length; length += 1) {
      write(FULL.slice(0, length));
      expect((await read()).reading.kind, `cut at ${length}`).toBe('problem');
    }
  });

  it('reads a half-written file three times more, 200 ms apart, and a wrong one once', async () => {
    write(FULL.slice(0, 40));
    expect((await read()).pausesMs).toEqual([200, 200, 200]);
    write('{"integration":130}');
    expect((await read()).pausesMs).toEqual([]);
  });

  it('takes what the writer finished meanwhile', async () => {
    write(FULL.slice(0, 40));
    const clock = fakeClock();
    const reading = await readReportFile(
      { dir, file: FILE },
      { ...clock, after: (_, act) => (write(FULL), setImmediate(act), () => undefined) },
    );
    expect(reading.kind).toBe('report');
  });
});

describe('the two forms of a report', () => {
  it('full: scores, age, commit, mode and what it does not know', async () => {
    write(`\uFEFF${FULL.replace('{', '{"extra":{"kept":[1,2]},"commit":"3f2a9c1d",')}`);
    const { reading } = await read();
    expect(reading).toMatchObject({
      kind: 'report',
      report: {
        form: 'full',
        project: 'shop',
        profile: 'business',
        generatedAtMs: Date.parse('2026-01-05T10:00:00Z'),
        ageFrom: 'generatedAt',
        commit: '3f2a9c1d',
        scores: { integration: 70, wellbeing: 65, stability: 75 },
        mode: 'SAFE',
        confidence: 0.9,
        fields: { extra: { kept: [1, 2] } },
      },
    });
  });

  it('flat: scores at the top, age by the file itself', async () => {
    write('{"integration":70,"wellbeing":65,"stability":75,"mode":"SAFE","extra":1}');
    const at = new Date('2026-01-05T09:00:00Z');
    utimesSync(join(dir, FILE), at, at);
    expect((await read()).reading).toMatchObject({
      kind: 'report',
      report: {
        form: 'flat',
        generatedAtMs: at.getTime(),
        ageFrom: 'file-time',
        scores: { integration: 70, wellbeing: 65, stability: 75 },
        mode: 'SAFE',
        fields: { extra: 1 },
      },
    });
  });

  it('full without generatedAt takes the age of the file', async () => {
    write('{"scores":{"integration":70,"stability":75}}');
    const at = new Date('2026-01-05T09:00:00Z');
    utimesSync(join(dir, FILE), at, at);
    expect((await read()).reading).toMatchObject({
      report: { form: 'full', ageFrom: 'file-time', generatedAtMs: at.getTime(), mode: null },
    });
  });

  it('a missing mode is no fault, HALT alone is enough, and small letters will do', async () => {
    write('{"integration":70,"wellbeing":65,"stability":75}');
    expect((await read()).reading).toMatchObject({ kind: 'report', report: { mode: null } });
    write('{"mode":"halt"}');
    expect((await read()).reading).toMatchObject({ kind: 'report', report: { mode: 'HALT', scores: {} } });
  });

  it('null is a score without data', async () => {
    write('{"scores":{"integration":null,"stability":75,"cooling_status":"HOT"}}');
    expect((await read()).reading).toMatchObject({
      report: { scores: { integration: null, stability: 75, cooling_status: 'HOT' } },
    });
  });

  it('a field called __proto__ reaches no prototype', async () => {
    write('{"__proto__":{"polluted":1},"scores":{"__proto__":5,"integration":70,"stability":75}}');
    const { reading } = await read();
    expect(reading.kind).toBe('report');
    if (reading.kind !== 'report') return;
    expect(Object.keys(reading.report.scores)).toEqual(['integration', 'stability']);
    expect((reading.report.fields as { polluted?: number }).polluted).toBeUndefined();
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it('texts come out as one harmless line', async () => {
    write('{"project":"a\\u001b[31m\\nb\\u202ec","scores":{"integration":70,"note":"x\\ny"}}');
    expect((await read()).reading).toMatchObject({
      report: { project: 'a\\u001b[31m\\u000ab\\u202ec', scores: { note: 'x\\u000ay' } },
    });
  });
});
