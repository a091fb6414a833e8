import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { readReportFile } from '../../../../core/projects/report-file.ts';
import { writeReport } from '../../../../core/projects/report-writer.ts';
import type { ConsciousnessReport } from '../../../../shared/contract/report.ts';
import { fakeClock } from '../../../fakes/fake-clock.ts';

const FILE = '.consciousness_report.json';
const made: ConsciousnessReport = {
  schemaVersion: 1,
  project: 'shop',
  profile: 'business',
  generatedAt: '2026-01-05T10:00:00Z',
  scores: { integration: 70, wellbeing: 65, stability: 75 },
  mode: 'SAFE',
  extra: { kept: true },
};

let root: string;
let dir: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'orch-writer-'));
  dir = join(root, 'shop');
  mkdirSync(dir);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('writeReport', () => {
  it('writes what it reads again, and leaves nothing beside it', async () => {
    const path = await writeReport({ dir, file: FILE }, made);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(made);
    expect(readdirSync(dir)).toEqual([FILE]);
    expect(await readReportFile({ dir, file: FILE }, fakeClock())).toMatchObject({
      kind: 'report',
      report: { mode: 'SAFE', scores: made.scores },
    });
  });

  it('replaces a link by a file, without writing to where it led', async () => {
    const outside = join(root, 'outside.json');
    symlinkSync(outside, join(dir, FILE));
    await writeReport({ dir, file: FILE }, made);
    expect(readdirSync(root)).toEqual(['shop']);
  });

  it.each(['../report.json', '/tmp/report.json'])('refuses %s', async (file) => {
    await expect(writeReport({ dir, file }, made)).rejects.toThrow(/outside the project/);
  });

  it('refuses a report that does not fit the contract, and leaves the old one', async () => {
    await writeReport({ dir, file: FILE }, made);
    const bad = { ...made, scores: { integration: 130 } };
    await expect(writeReport({ dir, file: FILE }, bad)).rejects.toThrow();
    expect(JSON.parse(readFileSync(join(dir, FILE), 'utf8'))).toEqual(made);
  });
});
