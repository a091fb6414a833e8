import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { placesFrom, type Places } from '../../../core/places.ts';
import { createSnapshotFiles } from '../../../core/snapshot-file.ts';
import type { ProjectState, ScoreDetail } from '../../../shared/contract/state.ts';
import { bareSnapshot } from '../../fakes/bare-snapshot.ts';
import { fakeClock } from '../../fakes/fake-clock.ts';

const detail = (value: number): ScoreDetail => ({
  value,
  source: 'measured',
  confidence: 1,
  ageSeconds: 1,
  delta: null,
  topMover: null,
  inputs: [],
});

let dir: string;
let places: Places;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'orch-snapshot-'));
  places = placesFrom({ ORCH_HOME: dir }, 'linux', dir);
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

async function written(project: Partial<ProjectState>): Promise<Record<string, unknown>> {
  const whole = { id: 'shop', scores: {}, decisions: {}, ...project } as ProjectState;
  const snapshot = { ...bareSnapshot('FULL'), projects: [whole] };
  await createSnapshotFiles(places, fakeClock()).write([], snapshot);
  const read = JSON.parse(readFileSync(places.snapshotPath, 'utf8')) as { projects: object[] };
  return read.projects[0] as Record<string, unknown>;
}

it('tells everybody nothing about the person: neither their score nor what it was made of', async () => {
  const project = await written({
    scores: { integration: 80, wellbeing: 20 },
    scoreDetails: { integration: detail(80), wellbeing: detail(20) },
  });
  expect(project['scores']).toEqual({ integration: 80 });
  expect(project['scoreDetails']).toEqual({ integration: detail(80) });
});

it('leaves out the words of a HALT and of a waiver', async () => {
  const said = { who: 'ann', why: 'not well today', since: '2026-01-05T10:00:00.000Z' };
  const project = await written({
    halt: { ...said, by: 'person', until: null },
    waivers: [{ ...said, change: 'safe', until: '2026-01-05T11:00:00.000Z' }],
  });
  expect(Object.keys(project).sort()).toEqual(['decisions', 'id', 'scores']);
});

it('keeps everything where nothing is about a person', async () => {
  const project = await written({ scores: { accuracy: 90 }, scoreDetails: { accuracy: detail(90) } });
  expect(project).toEqual({
    id: 'shop',
    decisions: {},
    scores: { accuracy: 90 },
    scoreDetails: { accuracy: detail(90) },
  });
});
