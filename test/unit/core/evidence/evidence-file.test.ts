import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { Clock } from '../../../../core/clock.ts';
import { createEvidenceFiles, type EvidenceReader } from '../../../../core/evidence/evidence-file.ts';
import { junitReader } from '../../../../core/evidence/junit.ts';
import { FileProblem } from '../../../../core/projects/file-problem.ts';
import { fakeClock } from '../../../fakes/fake-clock.ts';
import { junitText, madeUpProject, type MadeUpProject } from '../../../fakes/made-up-project.ts';
import { shortestMs } from '../../../fakes/shortest-time.ts';

let project: MadeUpProject;
/** No waiting between re-reads. */
const clock: Clock = { ...fakeClock(), after: (_, act) => (setImmediate(act), () => undefined) };

beforeEach(() => {
  project = madeUpProject();
});
afterEach(() => project.remove());

const files = createEvidenceFiles(junitReader, clock);
const read = async (file = 'junit.xml') => files.read({ dir: project.dir, file });

describe('createEvidenceFiles', () => {
  it('reads a file, a byte order mark or not, and says how old it is', async () => {
    const atMs = Date.parse('2026-01-04T10:00:00Z');
    project.write('junit.xml', `\uFEFF${junitText(3, 1)}`, atMs);
    expect(await read()).toMatchObject({ kind: 'read', value: { passed: 3, failed: 1 }, changedAtMs: atMs });
    expect(await read('other.xml')).toEqual({ kind: 'absent' });
    expect(await read('no/such/folder.xml')).toEqual({ kind: 'absent' });
  });

  it.each<[string, () => void, string]>([
    ['a folder', () => mkdirSync(join(project.dir, 'junit.xml')), 'junit.xml is a directory'],
    ['a pipe', () => execFileSync('mkfifo', [join(project.dir, 'junit.xml')]), 'junit.xml is a pipe'],
    [
      'text of another kind',
      () => project.write('junit.xml', 'passed: 3'),
      'junit.xml:1 text stands outside',
    ],
    [
      'bytes that are no text',
      () => project.write('junit.xml', Uint8Array.of(0xff, 0xfe, 0x3c)),
      'junit.xml is not UTF-8',
    ],
    ['nothing', () => project.write('junit.xml', ''), 'junit.xml:1 the file is empty'],
    [
      '10 GB of nothing',
      () => {
        project.write('junit.xml', '');
        truncateSync(join(project.dir, 'junit.xml'), 1e10);
      },
      'is too large: 10000000000 bytes',
    ],
    [
      'a link to itself',
      () => symlinkSync('junit.xml', join(project.dir, 'junit.xml')),
      'a link that leads nowhere',
    ],
    [
      'a link out of the project',
      () => symlinkSync('/etc/passwd', join(project.dir, 'junit.xml')),
      'junit.xml lies outside the project',
    ],
    [
      'a folder that leads out',
      () => {
        symlinkSync('/etc', join(project.dir, 'out'));
        symlinkSync('out/passwd', join(project.dir, 'junit.xml'));
      },
      'lies outside the project',
    ],
  ])('refuses %s in words', async (_, make, problem) => {
    make();
    const reading = await read();
    expect(reading.kind).toBe('problem');
    expect(reading.kind === 'problem' && reading.problem).toContain(problem);
  });

  it.each(['../junit.xml', '/etc/passwd', 'a/../../junit.xml', '.'])(
    'does not leave the project for %s',
    async (file) => {
      writeFileSync(join(project.dir, '..', 'junit.xml'), junitText(1));
      mkdirSync(join(project.dir, 'a'));
      expect(await read(file)).toMatchObject({ kind: 'problem' });
    },
  );

  it('follows a link that stays in the project', async () => {
    project.write('results/run-7.xml', junitText(2));
    symlinkSync('results/run-7.xml', join(project.dir, 'junit.xml'));
    expect(await read()).toMatchObject({ kind: 'read', value: { passed: 2 } });
  });

  it('waits a moment for a file that is being written', async () => {
    const whole = junitText(5);
    project.write('junit.xml', whole.slice(0, 80));
    let waits = 0;
    const patient = createEvidenceFiles(junitReader, {
      ...clock,
      after(_, act) {
        waits += 1;
        if (waits === 2) project.write('junit.xml', whole);
        setImmediate(act);
        return () => undefined;
      },
    });
    expect(await patient.read({ dir: project.dir, file: 'junit.xml' })).toMatchObject({
      value: { passed: 5 },
    });
    expect(waits).toBe(2);
  });

  it('parses again only what changed, and what replaced it', async () => {
    let parses = 0;
    const counting: EvidenceReader<number> = {
      limitBytes: 100,
      // eslint-disable-next-line require-yield -- a made-up reader
      *parse(text) {
        parses += 1;
        if (text === 'bad') throw new FileProblem(':1 bad');
        return text.length;
      },
    };
    const counted = createEvidenceFiles(counting, clock);
    const place = { dir: project.dir, file: 'x' };
    project.write('x', 'abc');
    await counted.read(place);
    expect(await counted.read(place)).toMatchObject({ value: 3 });
    expect(parses).toBe(1);
    project.write('y', 'abcd');
    renameSync(join(project.dir, 'y'), join(project.dir, 'x'));
    expect(await counted.read(place)).toMatchObject({ value: 4 });
    project.write('x', 'bad');
    await counted.read(place);
    expect(await counted.read(place)).toEqual({ kind: 'problem', problem: 'x:1 bad' });
    expect(parses).toBe(3);
  });

  it('lets others work while it reads a large file', async () => {
    const many = Array.from({ length: 60_000 }, (_, at) => `<testcase classname="a" name="passes ${at}"/>`);
    project.write('junit.xml', `<testsuite>\n${many.join('\n')}\n</testsuite>\n`);
    const holdsMs = async (): Promise<number> => {
      let longestMs = 0;
      let lastMs = performance.now();
      const timer = setInterval(() => {
        longestMs = Math.max(longestMs, performance.now() - lastMs);
        lastMs = performance.now();
      }, 1);
      const reading = await createEvidenceFiles(junitReader, clock).read({
        dir: project.dir,
        file: 'junit.xml',
      });
      clearInterval(timer);
      expect(reading).toMatchObject({ value: { passed: 60_000 } });
      return longestMs;
    };
    expect(await shortestMs(250, holdsMs)).toBeLessThan(250);
  });
});
