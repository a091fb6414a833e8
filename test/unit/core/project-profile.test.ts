import { readFileSync } from 'node:fs';

import { afterEach, describe, expect, it } from 'vitest';

import { parseConfig } from '../../../core/config-file.ts';
import { createControls } from '../../../core/controls.ts';
import { createScoreDiary } from '../../../core/evidence/score-diary.ts';
import { guardProject } from '../../../core/evidence/guard.ts';
import { guardReport } from '../../../core/evidence/guard-report.ts';
import { createMemoryRecord } from '../../../core/history/memory-record.ts';
import { createJudge } from '../../../core/judge.ts';
import { projectProfile } from '../../../core/project-profile.ts';
import { createProjectSet } from '../../../core/project-set.ts';
import { fileStamp } from '../../../core/projects/file-stamp.ts';
import { projectStateSchema, type ProjectState } from '../../../shared/contract/state.ts';
import { bareSnapshot } from '../../fakes/bare-snapshot.ts';
import { fakeClock } from '../../fakes/fake-clock.ts';
import { junitText, lcovText, madeUpProject, type MadeUpProject } from '../../fakes/made-up-project.ts';

const REPORT = '.consciousness_report.json';
const projectsMade: MadeUpProject[] = [];
afterEach(() => {
  for (const made of projectsMade.splice(0)) made.remove();
});

function newProject(): MadeUpProject {
  const made = madeUpProject();
  projectsMade.push(made);
  return made;
}

/** The settings that docs/consciousness.md shows, with the project where it is. */
function documented(dir: string) {
  const page = readFileSync(new URL('../../../docs/consciousness.md', import.meta.url), 'utf8');
  const [, yaml] = /```yaml\n(profiles:[^`]+)```/.exec(page) ?? [];
  const parsed = parseConfig((yaml ?? '').replace('/home/ann/shop', dir));
  if (!parsed.ok) throw new Error(parsed.problems.map(({ text }) => text).join('\n'));
  return parsed.config;
}

/** One round over the made-up project. */
async function judged(report: object): Promise<ProjectState> {
  const project = newProject();
  const clock = fakeClock();
  project.write(REPORT, JSON.stringify(report), clock.wallMs());
  const store = createMemoryRecord();
  const projects = createProjectSet({ clock, stampOf: fileStamp, onChange: () => undefined });
  projects.use(documented(project.dir));
  await projects.refresh();
  const judge = createJudge({
    clock,
    entries: () => projects.entries(),
    controls: createControls(clock, store),
    measured: ({ gatherer }) => ({ ...gatherer.measured(), record: null }),
    diary: createScoreDiary(clock, store),
    gridLimit: () => ({ atMost: null, why: null }),
    observeOnly: () => [],
  });
  const { energy, machine } = bareSnapshot('FULL');
  const [state] = judge.judge(energy, machine, 1);
  projects.close();
  return projectStateSchema.parse(state);
}

describe('the profile of docs/consciousness.md', () => {
  it('goes from the settings to the snapshot', async () => {
    const state = await judged({
      schemaVersion: 1,
      profile: 'mobile-app',
      scores: { release_quality: 85, stability: 90, crash_rate: 2, wellbeing: 90 },
    });
    expect(state).toMatchObject({
      profile: 'mobile-app',
      baseProfile: 'business',
      mode: 'FAST',
      confidence: 1,
      problem: null,
      scores: { wellbeing: 90, stability: 90, release_quality: 85, crash_rate: 2 },
      decisions: { feature: { verdict: 'allow' } },
    });
    expect(Object.keys(state.scoreDetails ?? {})).toEqual(['stability', 'release_quality', 'crash_rate']);
  });

  it.each([
    [{ crash_rate: 21 }, 'HALT', 'block', 'Halted by crash_rate 21'],
    [{ crash_rate: 5 }, 'FAST', 'block', 'Crash rate is 5: features need less than 5.'],
    [{ release_quality: 79 }, 'SAFE', 'throttle', 'SAFE by release_quality 79'],
    [{ release_quality: 49 }, 'HALT', 'block', 'Halted by release_quality 49'],
  ])('%j is %s and %s', async (scores, mode, verdict, reason) => {
    const good = { release_quality: 85, stability: 90, crash_rate: 2, wellbeing: 90 };
    const state = await judged({ scores: { ...good, ...scores } });
    expect(state).toMatchObject({ mode, decisions: { feature: { verdict } } });
    expect(state.decisions.feature?.bindingReason).toContain(reason);
  });

  it('reads its scores in either form, and holds them to be numbers', async () => {
    expect((await judged({ release_quality: 85, stability: 90, crash_rate: 2 })).mode).toBe('SAFE');
    const { problem } = await judged({ scores: { crash_rate: 'low' } });
    expect(problem).toContain('scores.crash_rate: "low" is text; a number from 0 to 100 is expected');
  });

  it('is measured by the guard, which writes what the core reads back', async () => {
    const project = newProject();
    const clock = fakeClock();
    const { profiles, projects } = documented(project.dir);
    project.write('junit.xml', junitText(9, 1), clock.wallMs());
    project.write('coverage/lcov.info', lcovText(10, 6), clock.wallMs());
    project.write(REPORT, JSON.stringify({ crash_rate: 3, stability: 90 }), clock.wallMs());
    const guarded = await guardProject({
      project: projects[0]!,
      profiles,
      record: null,
      clock,
      getSmall: async () => Promise.reject(new Error('nobody is to be asked')),
    });
    expect(guardReport(guarded, '1.0')).toMatchObject({
      profile: 'mobile-app',
      scores: { release_quality: 81.4, crash_rate: 3, stability: 90 },
    });
  });
});

describe('projectProfile', () => {
  it('refuses a name that is none, and one of the prototype', () => {
    expect(() => projectProfile('own', {})).toThrow('"own" is not one of business, ml, infrastructure');
    expect(() => projectProfile('constructor', {})).toThrow(RangeError);
  });
});
