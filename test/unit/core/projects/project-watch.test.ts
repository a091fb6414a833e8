import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createProjectWatch, type ProjectWatch } from '../../../../core/projects/project-watch.ts';
import { systemClock } from '../../../../core/system-clock.ts';
import type { Clock } from '../../../../core/clock.ts';
import { fakeClock } from '../../../fakes/fake-clock.ts';
import { shortestMs } from '../../../fakes/shortest-time.ts';

const FILE = '.consciousness_report.json';
const text = (mode: string, integration = 70): string =>
  JSON.stringify({ integration, wellbeing: 65, stability: 75, mode });

let root: string;
let dir: string;
let watch: ProjectWatch | null = null;
let changes: (() => void)[] = [];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'orch-watch-'));
  dir = join(root, 'shop');
  mkdirSync(dir);
  changes = [];
});
afterEach(() => {
  watch?.close();
  rmSync(root, { recursive: true, force: true });
});

function follow(clock: Clock, report = FILE): ProjectWatch {
  watch = createProjectWatch({
    project: { path: dir, report },
    clock,
    onChange: () => changes.splice(0).forEach((tell) => tell()),
  });
  return watch;
}

const nextChange = async (): Promise<void> => new Promise((resolve) => changes.push(resolve));

/** The fake clock's time for stamps and ages, and no waiting between re-reads. */
function quickClock(): ReturnType<typeof fakeClock> & Clock {
  const clock = fakeClock();
  return { ...clock, after: (_, act) => (setImmediate(act), () => undefined) };
}

describe('createProjectWatch', () => {
  it('starts with nothing, and reads on the first refresh', async () => {
    writeFileSync(join(dir, FILE), text('SAFE'));
    const followed = follow(quickClock());
    expect(followed.evidence()).toMatchObject({ report: null, problem: null, folder: 'present' });
    await followed.refresh();
    expect(followed.evidence()).toMatchObject({ report: { mode: 'SAFE' }, isLastGood: false, problem: null });
  });

  it('behaviour 21: tells of a HALT written into the report within a second', async () => {
    writeFileSync(join(dir, FILE), text('FAST'));
    const followed = follow(systemClock);
    await followed.refresh();
    const toldMs = async (mode: string, rename: boolean): Promise<number> => {
      const told = nextChange();
      const startedMs = performance.now();
      if (rename) {
        writeFileSync(join(dir, 'new.tmp'), text(mode));
        renameSync(join(dir, 'new.tmp'), join(dir, FILE));
      } else writeFileSync(join(dir, FILE), text(mode));
      await told;
      const tookMs = performance.now() - startedMs;
      expect(followed.evidence().report?.mode).toBe(mode);
      return tookMs;
    };
    for (const rename of [false, true]) {
      const tookMs = await shortestMs(1000, async () => {
        const haltMs = await toldMs('HALT', rename);
        await toldMs('FAST', rename);
        return haltMs;
      });
      expect(tookMs).toBeLessThan(1000);
    }
  });

  it('watches a report in a folder of the project', async () => {
    mkdirSync(join(dir, 'build'));
    const followed = follow(systemClock, 'build/report.json');
    await followed.refresh();
    const told = nextChange();
    writeFileSync(join(dir, 'build', 'report.json'), text('HALT'));
    await told;
    expect(followed.evidence().report?.mode).toBe('HALT');
  });

  it('behaviour 19: keeps the last good report, marked, while the file is broken, and names the place', async () => {
    writeFileSync(join(dir, FILE), text('SAFE'));
    const followed = follow(quickClock());
    await followed.refresh();
    writeFileSync(join(dir, FILE), '{"integration":70,\n"stability":NaN}');
    await followed.refresh();
    expect(followed.evidence()).toMatchObject({
      report: { mode: 'SAFE' },
      isLastGood: true,
      problem: `${FILE}:2:13 "NaN" stands where a value is expected`,
    });
    writeFileSync(join(dir, FILE), text('FAST'));
    await followed.refresh();
    expect(followed.evidence()).toMatchObject({ report: { mode: 'FAST' }, isLastGood: false, problem: null });
  });

  it('behaviour 19: keeps it for 60 minutes and no longer', async () => {
    const clock = fakeClock();
    let quickMs = 0;
    writeFileSync(join(dir, FILE), text('SAFE'));
    const followed = follow({
      ...clock,
      monotonicMs: () => quickMs,
      after: (_, act) => (setImmediate(act), () => undefined),
    });
    await followed.refresh();
    writeFileSync(join(dir, FILE), '{');
    await followed.refresh();
    quickMs = 60 * 60_000;
    expect(followed.evidence()).toMatchObject({ report: { mode: 'SAFE' }, isLastGood: true });
    quickMs += 1;
    expect(followed.evidence()).toMatchObject({ report: null, isLastGood: false });
    expect(followed.evidence().problem).toContain(FILE);
  });

  it('takes a deleted report, and a folder that went and came back, as states', async () => {
    writeFileSync(join(dir, FILE), text('SAFE'));
    const followed = follow(systemClock);
    await followed.refresh();
    rmSync(join(dir, FILE));
    await followed.refresh();
    expect(followed.evidence()).toMatchObject({
      report: { mode: 'SAFE' },
      isLastGood: true,
      problem: `${FILE} is gone`,
    });
    renameSync(dir, join(root, 'away'));
    await followed.refresh();
    expect(followed.evidence()).toMatchObject({ folder: 'missing', isLastGood: true });
    expect(followed.evidence().problem).toContain('disk unplugged?');
    mkdirSync(dir);
    await followed.refresh();
    const told = nextChange();
    writeFileSync(join(dir, FILE), text('HALT'));
    await told;
    expect(followed.evidence()).toMatchObject({
      folder: 'present',
      report: { mode: 'HALT' },
      isLastGood: false,
    });
  });

  it('ignores a report that comes late, and takes one set back further by its own age', async () => {
    const clock = quickClock();
    const followed = follow(clock);
    const full = (minutesOld: number, integration: number): string =>
      JSON.stringify({
        scores: { integration, stability: 75 },
        generatedAt: new Date(clock.wallMs() - minutesOld * 60_000).toISOString(),
      });
    writeFileSync(join(dir, FILE), full(1, 50));
    await followed.refresh();
    writeFileSync(join(dir, FILE), full(5, 90));
    await followed.refresh();
    expect(followed.evidence()).toMatchObject({ report: { scores: { integration: 50 } }, isLastGood: false });
    expect(followed.evidence().problem).toContain('older than the one before it');
    writeFileSync(join(dir, FILE), full(30, 90));
    await followed.refresh();
    expect(followed.evidence()).toMatchObject({ report: { scores: { integration: 90 } }, problem: null });
  });

  it('tells of a change once, and of nothing when nothing changed', async () => {
    let told = 0;
    writeFileSync(join(dir, FILE), text('SAFE'));
    watch = createProjectWatch({
      project: { path: dir, report: FILE },
      clock: quickClock(),
      onChange: () => (told += 1),
    });
    await watch.refresh();
    await watch.refresh();
    await watch.refresh();
    expect(told).toBe(1);
  });

  it('joins refreshes that come while one runs, and reads once more for them', async () => {
    writeFileSync(join(dir, FILE), text('SAFE'));
    const followed = follow(quickClock());
    const first = followed.refresh();
    writeFileSync(join(dir, FILE), text('HALT'));
    await Promise.all([first, followed.refresh(), followed.refresh()]);
    expect(followed.evidence().report?.mode).toBe('HALT');
  });

  it.runIf(existsSync('/proc/self/fd'))('closes what it opened', async () => {
    const followed = follow(systemClock);
    await followed.refresh();
    followed.close();
    writeFileSync(join(dir, FILE), text('HALT'));
    await followed.refresh();
    expect(followed.evidence().report).toBeNull();
  });

  it('reads only whole reports while a writer replaces the file at full speed', async () => {
    const clock = quickClock();
    const followed = follow(clock);
    const path = join(dir, FILE);
    for (let round = 0; round < 200; round += 1) {
      const integration = 40 + (round % 60);
      writeFileSync(`${path}.tmp`, text('SAFE', integration));
      const reading = followed.refresh();
      renameSync(`${path}.tmp`, path);
      await reading;
      const { problem } = followed.evidence();
      if (problem !== null) expect(problem).toMatch(/is gone/);
    }
    await followed.refresh();
    expect(followed.evidence().report?.scores['integration']).toBe(40 + (199 % 60));
  });
});
