import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { ConsciousnessReport } from '../../shared/contract/report.ts';
import type { Snapshot } from '../../shared/contract/state.ts';
import { junitText, lcovText, madeUpProject, type MadeUpProject } from '../fakes/made-up-project.ts';
import { makeHome, startDaemon, writeLaptop, writeProject, type Home } from './running-daemon.ts';

const REPORT = '.consciousness_report.json';
let home: Home;
let project: MadeUpProject;
beforeEach(() => {
  home = makeHome();
  project = madeUpProject();
});
afterEach(() => {
  home.remove();
  project.remove();
});
const reportText = (): string => readFileSync(join(project.dir, REPORT), 'utf8');

describe('orch guard', () => {
  it('evaluates a folder nobody registered, without a core', async () => {
    project.write('junit.xml', junitText(9, 1));
    project.write('coverage/lcov.info', lcovText(10, 6));
    writeProject(project.dir, { integration: 50, wellbeing: 90, stability: 75, custom: [1] });
    const ran = await home.orch('guard', project.dir, '--write', '--json');
    expect(ran.code).toBe(0);
    expect(JSON.parse(ran.stdout)).toMatchObject({
      schemaVersion: 1,
      project: 'shop',
      profile: 'business',
      mode: 'FAST',
      scores: { integration: 78, stability: 75 },
      scoreDetails: {
        integration: { source: 'measured', inputs: [{ name: 'tests', value: 90, weightPercent: 60 }, {}] },
      },
      written: join(project.dir, REPORT),
    });
    expect(ran.stdout).not.toContain('wellbeing');
    const written = JSON.parse(reportText()) as ConsciousnessReport;
    expect(written).toMatchObject({ scores: { integration: 78, wellbeing: 90, stability: 75 }, custom: [1] });
  });

  it('shows on one screen what each score is made of', async () => {
    project.write('junit.xml', junitText(9, 1));
    writeProject(project.dir, { stability: 75 });
    const { stdout } = await home.orch('guard', project.dir);
    expect(stdout).toContain('shop (business) FAST');
    expect(stdout).toMatch(/integration +90 +confidence 100 %/);
    expect(stdout).toMatch(/tests +90 +weight 100 % +9 of 10 passed; failed: fails 0, junit\.xml, \d+ s old/);
    expect(stdout).toMatch(/stability +75 +from the report/);
  });

  it('ends with 1 for HALT, 3 for too little evidence, 2 for a wrong call', async () => {
    expect((await home.orch('guard', project.dir)).code).toBe(3);
    expect((await home.orch('guard', project.dir, '--write')).stderr).toContain('no report was written');
    writeProject(project.dir, { integration: 30, wellbeing: 90, stability: 75 });
    expect((await home.orch('guard', project.dir)).code).toBe(1);
    writeProject(project.dir, { integration: 90, wellbeing: 90, stability: 75, mode: 'HALT' });
    expect((await home.orch('guard', project.dir)).code).toBe(1);
    for (const argv of [
      [],
      ['no-such-project'],
      [project.dir, '--profile', 'poetry'],
      [project.dir, '--tests', '../x'],
      [project.dir, '--health', 'file:///etc/passwd'],
      [project.dir, 'two'],
    ])
      expect((await home.orch('guard', ...argv)).code).toBe(2);
  });

  it('takes the profile and the files it is told', async () => {
    project.write('out/metrics.json', '{"accuracy":0.8,"drift":0.1,"latencyMs":40}');
    project.write('out/base.json', '{"accuracy":0.9,"latencyMs":40}');
    project.write('out/searches.jsonl', '{"query":"x","relevant":["a"],"retrieved":["b","a"]}\n');
    const ran = await home.orch(
      'guard',
      project.dir,
      '--profile',
      'ml',
      '--model',
      'out/metrics.json',
      '--baseline',
      'out/base.json',
      '--embeddings',
      'out/searches.jsonl',
      '--json',
    );
    expect(ran.code).toBe(0);
    const { scores } = JSON.parse(ran.stdout) as { scores: Record<string, number> };
    expect(scores['model_health']).toBeCloseTo(0.5 * 50 + 0.3 * 90 + 0.2 * 100);
    expect(scores['embedding_quality']).toBeCloseTo(40 + 15 + 30 / Math.log2(3));
  });

  it('does not write through a link or over what is no file', async () => {
    project.write('junit.xml', junitText(9, 1));
    const outside = join(home.dir, 'outside.json');
    writeFileSync(outside, '{}');
    symlinkSync(outside, join(project.dir, REPORT));
    const ran = await home.orch('guard', project.dir, '--write');
    expect([ran.code, readFileSync(outside, 'utf8')]).toEqual([1, '{}']);
    expect(ran.stderr).toContain('was not replaced');
  });
});

describe('evidence in a running core', () => {
  it('judges a project without a report, and an incident lowers its stability at once', async () => {
    writeLaptop(home.sysfsDir, { percent: 90, ac: true });
    project.write('junit.xml', junitText(9, 1));
    project.write('coverage/lcov.info', lcovText(10, 9));
    await home.orch('project', 'add', project.dir);
    const daemon = await startDaemon(home);
    try {
      const shop = async () => {
        const { body } = await daemon.get('/v1/state');
        return (body as Snapshot).projects.find(({ id }) => id === 'shop')!;
      };
      expect(await shop()).toMatchObject({ scores: { integration: 90, stability: null }, mode: null });
      expect((await home.orch('gate', 'shop')).code).toBe(3);

      expect((await home.orch('deploy', 'start', 'shop', '--commit', 'abcdef1234')).code).toBe(0);
      await daemon.until(
        '/v1/state',
        (state: Snapshot) => state.projects[0]?.scores['stability'] === 100,
        5000,
      );
      expect(await shop()).toMatchObject({ mode: 'FAST', freshness: 'fresh', confidence: 1 });
      expect((await home.orch('gate', 'shop')).code).toBe(0);

      await home.orch('incident', 'open', 'shop', '--title', 'payments down', '--severity', 'critical');
      await daemon.until(
        '/v1/state',
        (state: Snapshot) => state.projects[0]?.scores['stability'] === 70,
        5000,
      );
      await home.orch('incident', 'open', 'shop', '--title', 'and refunds', '--severity', 'critical');
      await home.orch('incident', 'open', 'shop', '--title', 'slow pages', '--severity', 'minor');
      await daemon.until(
        '/v1/state',
        (state: Snapshot) => state.projects[0]?.scores['stability'] === 35,
        5000,
      );
      expect(await shop()).toMatchObject({
        mode: 'HALT',
        scoreDetails: {
          stability: {
            source: 'measured',
            inputs: [{ name: 'incidents', value: 35, detail: '2 critical, 1 minor in 7 days' }, {}, {}],
          },
        },
      });
      expect((await home.orch('gate', 'shop')).code).toBe(1);
      // The guard asks the running core for the record.
      const guarded = await home.orch('guard', 'shop', '--json');
      expect(guarded.code).toBe(1);
      expect(JSON.parse(guarded.stdout)).toMatchObject({ scores: { stability: 35 } });
    } finally {
      await daemon.stop();
    }
    // And without a core, its database.
    expect(JSON.parse((await home.orch('guard', 'shop', '--json')).stdout)).toMatchObject({
      scores: { stability: 35 },
    });
  });

  it('takes an incident off a report that was written without knowing it', async () => {
    writeLaptop(home.sysfsDir, { percent: 90, ac: true });
    writeProject(project.dir, { integration: 90, wellbeing: 90, stability: 90 });
    mkdirSync(join(project.dir, 'empty'));
    await home.orch('project', 'add', project.dir);
    const daemon = await startDaemon(home);
    try {
      expect((await home.orch('gate', 'shop')).code).toBe(0);
      await home.orch('incident', 'open', 'shop', '--title', 'payments down', '--severity', 'critical');
      await daemon.until(
        '/v1/state',
        (state: Snapshot) => state.projects[0]?.scores['stability'] === 60,
        5000,
      );
      const gate = await home.orch('gate', 'shop');
      expect(gate.code).toBe(4);
      expect(gate.stdout).toContain('critical incident');
    } finally {
      await daemon.stop();
    }
  });
});
