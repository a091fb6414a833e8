import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { RolledBack } from '../../../../shared/alerts/alert-rule.ts';
import { burstDueMs, NO_NOTICES } from '../../../../shared/alerts/notice-policy.ts';
import { noticeWords } from '../../../../shared/alerts/notice-words.ts';
import { exampleUps } from '../../../e2e/example-parts.ts';
import { onBattery, pluggedIn, soundProject, withEnergy } from '../../../fakes/alert-snapshots.ts';
import { noticeWatch } from '../../../fakes/notice-watch.ts';

const T = '\u202f';
const ON_SCREEN = { channel: 'desktop', floor: 'info', isOutside: false } as const;

const halt = (id: string, since = '2026-01-05T10:00:00Z') =>
  soundProject({
    id,
    halt: { by: 'scores', who: 'core', why: 'by stability 34', since, until: null },
  });
const rollback = (project: string, id: string, atMs: number): RolledBack => ({
  id,
  project,
  commit: 'a1b2c3d4e5f6',
  atMs,
});

describe('one notice a level and discharge (behaviour 23)', () => {
  it('from 80 to 3 %, one each for MEDIUM, LOW and CRITICAL', () => {
    const watch = noticeWatch();
    for (let percent = 80; percent >= 3; percent -= 0.25) watch.shows({ snapshot: onBattery(percent) }, 30);
    expect(watch.titles()).toEqual([`Battery 60${T}%`, `Battery 19${T}%`, `Battery 4${T}%`]);
    expect(watch.told.map(({ replaces }) => replaces)).toEqual(['energy', 'energy', 'energy']);
  });

  it('none more on a sawtooth of 3 points for an hour', () => {
    const watch = noticeWatch();
    for (let minute = 0; minute < 60; minute += 1) {
      watch.shows({ snapshot: onBattery(17 + 6 * ((minute % 7) / 6)) }, 60);
    }
    expect(watch.titles().filter((title) => /^Battery 1\d/.test(title))).toHaveLength(1);
    expect(watch.told.length).toBeLessThanOrEqual(2);
  });

  it('a plug that makes contact for up to 12 s re-arms nothing', () => {
    const watch = noticeWatch();
    for (let at = 0; at < 60; at += 1) {
      watch.shows({ snapshot: onBattery(17) }, 12, 2);
      watch.shows({ snapshot: pluggedIn(17) }, 12, 2);
    }
    expect(watch.told).toHaveLength(1);
  });

  it('external power re-arms it, a restart does not', () => {
    const watch = noticeWatch();
    watch.shows({ snapshot: onBattery(8) }, 60);
    watch.restarts(3);
    watch.shows({ snapshot: onBattery(8) }, 600);
    expect(watch.told).toHaveLength(1);
    watch.shows({ snapshot: pluggedIn(9) }, 60);
    watch.shows({ snapshot: onBattery(9) }, 60);
    expect(watch.told).toHaveLength(2);
  });

  it('a charge while the core was away re-arms it too', () => {
    const watch = noticeWatch();
    watch.shows({ snapshot: onBattery(8) }, 60);
    watch.restarts(7200);
    watch.shows({ snapshot: onBattery(19.5) }, 60);
    expect(watch.told).toHaveLength(2);
  });

  it('a charger too weak to hold the level is one discharge', () => {
    const watch = noticeWatch();
    const weak = (percent: number) =>
      withEnergy({ ...onBattery(percent).energy, onExternalPower: true, netPowerW: -9 });
    for (let percent = 25; percent > 6; percent -= 0.5) watch.shows({ snapshot: weak(percent) }, 60);
    const titles = watch.titles();
    expect(titles.filter((title) => title.startsWith('Plugged in'))).toEqual([
      `Plugged in, still draining 9${T}W`,
    ]);
    expect(titles.filter((title) => title.startsWith('Battery'))).toHaveLength(1);
  });
});

describe('limits', () => {
  it('a burst within 5 s is one notice', () => {
    const watch = noticeWatch();
    watch.shows({ snapshot: pluggedIn(80, { projects: [halt('shop')] }) }, 2, 1);
    watch.shows(
      { snapshot: pluggedIn(80, { projects: [halt('shop'), halt('model'), halt('site')] }) },
      20,
      1,
    );
    expect(watch.titles()).toEqual([`3 notices`]);
    expect(noticeWords(watch.told[0]!, ON_SCREEN)?.text).toBe('shop halted\nmodel halted\nsite halted');
  });

  it('what was over within the burst is not told, news is', () => {
    const watch = noticeWatch();
    const atMs = watch.nowMs();
    watch.shows(
      { snapshot: pluggedIn(80, { projects: [halt('shop')] }), rollbacks: [rollback('model', 'd1', atMs)] },
      2,
      1,
    );
    watch.shows({}, 20, 1);
    expect(watch.titles()).toEqual(['model rolled back']);
  });

  it('at most one a project in ten minutes; the rest comes as one', () => {
    const watch = noticeWatch();
    const atMs = watch.nowMs();
    for (let minute = 0; minute < 9; minute += 1) {
      const rollbacks = [rollback('shop', `d${minute}`, atMs + minute * 60_000)];
      watch.shows({ rollbacks }, 60);
    }
    expect(watch.titles()).toEqual(['shop rolled back']);
    watch.shows({ rollbacks: [rollback('model', 'm1', watch.nowMs())] }, 10);
    expect(watch.titles().at(-1)).toBe('model rolled back');
    watch.shows({}, 300);
    expect(watch.titles().slice(2)).toEqual(['8 notices']);
  });

  it.each([1, 2, 3])('never more than six in any hour, and nothing is lost, seed %i', (seed) => {
    const projects = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h');
    const happenings = fc.array(fc.tuple(projects, fc.integer({ min: 1, max: 300 })), {
      minLength: 10,
      maxLength: 60,
    });
    fc.assert(
      fc.property(happenings, (list) => {
        const watch = noticeWatch();
        list.forEach(([project, waitSeconds], at) => {
          watch.shows({ rollbacks: [rollback(project, `d${at}`, watch.nowMs())] }, waitSeconds, 5);
        });
        watch.shows({}, 3 * 3600, 30);
        const instants = watch.told.map(({ atMs }) => atMs);
        for (const from of instants) {
          expect(
            instants.filter((atMs) => atMs >= from && atMs < from + 3_600_000).length,
          ).toBeLessThanOrEqual(6);
        }
        const ids = watch.told.flatMap(({ parts }) => parts.map(({ id }) => id));
        expect(ids.filter((id) => id.startsWith('rollback-done'))).toHaveLength(list.length);
        expect(new Set(watch.told.map(({ id }) => id)).size).toBe(watch.told.length);
      }),
      { numRuns: 20, seed },
    );
  });

  it('CRITICAL passes them at once, once a discharge', () => {
    const watch = noticeWatch();
    for (let at = 0; at < 12; at += 1) {
      watch.shows({ rollbacks: [rollback(`p${at}`, `d${at}`, watch.nowMs())] }, 10);
    }
    const before = watch.told.length;
    watch.shows({ snapshot: onBattery(4) }, 5);
    expect(watch.titles().slice(before)).toEqual([`Battery 4${T}%`]);
    watch.shows({ snapshot: onBattery(4) }, 1800);
    expect(watch.titles().filter((title) => title === `Battery 4${T}%`)).toHaveLength(1);
  });

  it('a clock set back a day locks nothing', () => {
    const watch = noticeWatch();
    for (let at = 0; at < 6; at += 1)
      watch.shows({ rollbacks: [rollback(`p${at}`, `d${at}`, watch.nowMs())] }, 10);
    watch.restarts(-86_400);
    watch.shows({ rollbacks: [rollback('late', 'd9', watch.nowMs())] }, 20);
    expect(watch.titles().at(-1)).toBe('late rolled back');
  });

  it('a silent UPS is told again at most every 300 s, ever more rarely', () => {
    const watch = noticeWatch();
    const snapshot = pluggedIn(80, {});
    const silent = withEnergy({
      ...snapshot.energy,
      ups: [exampleUps({ problem: 'not answering for 17 s' })],
    });
    watch.shows({ snapshot: silent }, 4 * 3600);
    const gaps = watch.told.slice(1).map(({ atMs }, at) => atMs - watch.told[at]!.atMs);
    expect(gaps[0]).toBeGreaterThanOrEqual(295_000);
    expect(gaps.every((gap, at) => at === 0 || gap >= gaps[at - 1]! - 5_000)).toBe(true);
    expect(watch.told.length).toBeLessThanOrEqual(9);
    expect(watch.told.slice(1).every(({ kind, silent: quiet }) => kind === 'reminder' && quiet)).toBe(true);
  });
});

describe('quiet (behaviour 24)', () => {
  it('CRITICAL passes once, without sound; the rest is one digest of five lines at most', () => {
    const watch = noticeWatch('2026-01-05T23:00:00Z');
    watch.quiet(true);
    watch.shows({ snapshot: onBattery(15) }, 600);
    watch.shows({ snapshot: onBattery(4) }, 3600);
    for (let at = 0; at < 9; at += 1) {
      watch.shows({ snapshot: onBattery(3), rollbacks: [rollback(`p${at}`, `d${at}`, watch.nowMs())] }, 60);
    }
    expect(watch.titles()).toEqual([`Battery 4${T}%`]);
    expect(watch.told[0]).toMatchObject({ silent: true, kind: 'alert' });
    watch.quiet(false);
    watch.shows({ snapshot: onBattery(3) }, 600);
    const digests = watch.told.slice(1);
    expect(digests).toMatchObject([{ kind: 'digest', replaces: 'digest' }]);
    const text = noticeWords(digests[0]!, ON_SCREEN)?.text ?? '';
    expect(text.split('\n')).toHaveLength(5);
    expect(text).toContain('And 5 more');
  });

  it('what is over by then says so, and an empty night gives no digest', () => {
    const watch = noticeWatch();
    watch.quiet(true);
    watch.shows({ snapshot: pluggedIn(80, { projects: [halt('shop'), halt('model')] }) }, 60);
    watch.shows({ snapshot: pluggedIn(80, { projects: [halt('model')] }) }, 60);
    watch.quiet(false);
    watch.shows({ snapshot: pluggedIn(80, { projects: [halt('model')] }) }, 60);
    expect(noticeWords(watch.told[0]!, ON_SCREEN)?.text).toBe('shop halted (over)\nmodel halted');
    watch.quiet(true);
    watch.shows({ snapshot: pluggedIn(80, { projects: [halt('model')] }) }, 3600);
    watch.quiet(false);
    watch.shows({ snapshot: pluggedIn(80, { projects: [halt('model')] }) }, 3600);
    expect(watch.told).toHaveLength(1);
  });

  it('what was gathering when it began waits as well, over a restart too', () => {
    const watch = noticeWatch();
    const snapshot = pluggedIn(80, { projects: [halt('shop')] });
    watch.shows({ snapshot }, 2, 1);
    watch.quiet(true);
    watch.shows({ snapshot }, 60);
    watch.restarts(60);
    watch.shows({ snapshot }, 60);
    expect(watch.told).toEqual([]);
    watch.quiet(false);
    watch.shows({ snapshot }, 60);
    expect(watch.titles()).toEqual(['shop halted']);
  });
});

it('says when a burst is due', () => {
  expect(burstDueMs(NO_NOTICES, 0)).toBeNull();
  const burst = { sinceMs: 1000, parts: [] };
  expect(burstDueMs({ ...NO_NOTICES, burst }, 2000)).toBe(4000);
  expect(burstDueMs({ ...NO_NOTICES, burst }, 9000)).toBe(0);
});
