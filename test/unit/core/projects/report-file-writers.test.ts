import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

import { expect, it } from 'vitest';

import { readReportFile } from '../../../../core/projects/report-file.ts';
import { fakeClock } from '../../../fakes/fake-clock.ts';

/** Two reports of the same length: a mixture of both would still be JSON. */
const made = (score: number): string =>
  JSON.stringify({ scores: { integration: score }, fill: Array.from({ length: 2000 }, () => score) });
const WRITER = `const { workerData: { path, texts } } = require('node:worker_threads');
const { writeFileSync } = require('node:fs');
for (let round = 0; round < 200_000; round += 1) writeFileSync(path, texts[round % 2]);`;
const READS = 400;

it('a report rewritten in place at full speed is read whole or not at all', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'orch-torn-'));
  const path = join(dir, 'report.json');
  writeFileSync(path, made(10));
  const writer = new Worker(WRITER, { eval: true, workerData: { path, texts: [made(10), made(20)] } });
  try {
    const clock = {
      ...fakeClock(),
      after: (_: number, act: () => void) => (setImmediate(act), () => undefined),
    };
    for (let reads = 0; reads < READS; reads += 1) {
      const reading = await readReportFile({ dir, file: 'report.json' }, clock);
      if (reading.kind !== 'report') continue;
      const { scores, fields } = reading.report;
      expect(new Set(fields['fill'] as number[])).toEqual(new Set([scores['integration']]));
    }
  } finally {
    await writer.terminate();
    rmSync(dir, { recursive: true, force: true });
  }
});
