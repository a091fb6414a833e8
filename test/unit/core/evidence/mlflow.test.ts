import { symlinkSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createMlflowReader } from '../../../../core/evidence/mlflow.ts';
import type { Clock } from '../../../../core/clock.ts';
import { fakeClock } from '../../../fakes/fake-clock.ts';
import { madeUpProject, type MadeUpProject } from '../../../fakes/made-up-project.ts';

let project: MadeUpProject;
const clock: Clock = { ...fakeClock(), after: (_, act) => (setImmediate(act), () => undefined) };

beforeEach(() => {
  project = madeUpProject();
});
afterEach(() => project.remove());

function writeRun(
  run: string,
  startTime: number,
  metrics: Readonly<Record<string, string>>,
  stage = 'active',
): void {
  const dir = `mlruns/1/${run}`;
  project.write(
    `${dir}/meta.yaml`,
    `artifact_uri: ''\nlifecycle_stage: ${stage}\nrun_id: ${run}\nstart_time: ${startTime}\nstatus: 3\n`,
  );
  for (const [name, text] of Object.entries(metrics)) project.write(`${dir}/metrics/${name}`, text);
}
const newest = async () => createMlflowReader(clock).newestRun({ dir: project.dir, file: 'mlruns' });

describe('createMlflowReader', () => {
  it('takes the newest run, and of each metric the highest step', async () => {
    project.write('mlruns/1/meta.yaml', 'experiment_id: 1\n');
    writeRun('aaa', 1000, { accuracy: '1000 0.5 0\n' });
    writeRun('bbb', 2000, {
      accuracy: '2000 0.7 0\n2300 0.9 2\n2200 0.8 1\n',
      data_drift: '2100 0.1 0\n',
      latency_ms: '2100 4.2e1 0',
      loss: 'not looked at',
    });
    expect(await newest()).toEqual({
      kind: 'read',
      changedAtMs: 2300,
      value: {
        model: { accuracy: 0.9, drift: 0.1, latencyMs: 42 },
        source: join('mlruns', '1', 'bbb', 'metrics'),
        atMs: 2300,
      },
    });
  });

  it('passes over runs that were deleted or have no story', async () => {
    writeRun('aaa', 1000, { accuracy: '1000 0.5 0\n' });
    writeRun('bbb', 2000, { accuracy: '2000 0.7 0\n' }, 'deleted');
    project.write('mlruns/1/ccc/metrics/accuracy', '9000 0.9 0\n');
    project.write('mlruns/.trash/ddd/metrics/accuracy', '9000 0.9 0\n');
    expect(await newest()).toMatchObject({ value: { model: { accuracy: 0.5 } } });
  });

  it('tells no run, no metrics and no folder apart from zero', async () => {
    expect(await newest()).toEqual({ kind: 'absent' });
    project.write('mlruns/1/meta.yaml', '');
    expect(await newest()).toMatchObject({ kind: 'read', value: null });
    writeRun('aaa', 1000, { loss: '1000 0.5 0\n' });
    expect(await newest()).toMatchObject({ kind: 'read', value: null });
  });

  it.each([
    ['1000 nan 0\n', 'accuracy:1 value: "nan" is no number'],
    ['1000 inf 0\n', 'accuracy:1 value: "inf" is no number'],
    ['1000 0.5 0\n1000 high 1\n', 'accuracy:2 value: "high"'],
    ['0.5\n', 'accuracy:1 "0.5"; "timestamp value step" is expected'],
    ['1000 0.5 0 more\n', 'accuracy:1 "1000 0.5 0 more"'],
    ['1000 91 0\n', 'accuracy 91 is given; a number from 0 to 1'],
    ['', 'accuracy:1 the file is empty'],
  ])('refuses the metric %j', async (text, problem) => {
    writeRun('aaa', 1000, { accuracy: text });
    const reading = await newest();
    expect(reading.kind === 'problem' && reading.problem).toContain(problem);
  });

  it('follows no link out of the project', async () => {
    symlinkSync('/etc', join(project.dir, 'mlruns'));
    expect(await newest()).toMatchObject({ kind: 'problem' });
    project.write('runs/1/aaa/meta.yaml', 'start_time: 1\n');
    symlinkSync('/etc', join(project.dir, 'runs/1/aaa/metrics'));
    expect(await createMlflowReader(clock).newestRun({ dir: project.dir, file: 'runs' })).toMatchObject({
      kind: 'read',
      value: null,
    });
  });
});
