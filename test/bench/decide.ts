import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { type BenchResult, measured, median } from './bench-result.ts';
import type { DecideRounds } from './decide-rounds.ts';

const PROJECTS = 10_000;
/** The bar, and how many new processes its median is of. */
const BAR_MS = 50;
const STARTS = 9;

/** The first round of `decide()` over 10,000 projects, in a process that has just started; later rounds are told. */
export async function run(): Promise<BenchResult> {
  const many = await started(PROJECTS);
  const few = await started(PROJECTS / 10);
  const firstMs = median(many.map((one) => one.firstMs));
  const later = (all: readonly DecideRounds[]): number => median(all.flatMap(({ laterMs }) => laterMs));
  return measured(
    'decide',
    { label: `first round of ${PROJECTS} decisions`, median: firstMs, unit: 'ms', runs: STARTS },
    { label: 'what a tick may take', median: BAR_MS, unit: 'ms', runs: 1 },
    { must: 'at most', ratio: 1 },
    [
      `first round: ${median(many.map((one) => one.firstProcessorMs)).toFixed(1)} ms of processor time`,
      `later rounds: ${later(many).toFixed(1)} ms`,
      `ten times as many projects take ${(later(many) / later(few)).toFixed(1)} times as long (${later(few).toFixed(2)} ms for ${PROJECTS / 10})`,
    ],
  );
}

async function started(count: number): Promise<readonly DecideRounds[]> {
  const all: DecideRounds[] = [];
  const program = join(import.meta.dirname, 'decide-rounds.ts');
  while (all.length < STARTS) {
    const { stdout } = await promisify(execFile)(process.execPath, [program, String(count)]);
    all.push(JSON.parse(stdout) as DecideRounds);
  }
  return all;
}
