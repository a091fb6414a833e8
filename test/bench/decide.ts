import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { CHANGE_TYPES } from '../../shared/contract/vocabulary.ts';
import { type BenchResult, measured, median } from './bench-result.ts';
import type { DecideRounds } from './decide-rounds.ts';

const PROJECTS = 10_000;
/** The bar, and how many new processes its median is of. */
const BAR_MS = 50;
const STARTS = 7;

/**
 * A round of `decide()` over 10,000 projects in a core that runs. Told besides: the very first round of a process,
 * when nothing is compiled yet; how rounds grow with the projects; and the same where every type of change is
 * decided, as the loop does.
 */
export async function run(): Promise<BenchResult> {
  const one = await started('one');
  const every = await started('every');
  const laterMs = median(one.flatMap((round) => round.laterMs));
  return measured(
    'decide',
    {
      label: `${PROJECTS} decisions`,
      median: laterMs,
      unit: 'ms',
      runs: one.reduce((sum, round) => sum + round.laterMs.length, 0),
    },
    { label: 'what a tick may take', median: BAR_MS, unit: 'ms', runs: 1 },
    { must: 'at most', ratio: 1 },
    [
      note(`${PROJECTS} decisions`, one),
      growth(one),
      note(`${PROJECTS * CHANGE_TYPES.length} decisions, ${CHANGE_TYPES.length} of each project`, every),
    ],
  );
}

function note(what: string, rounds: readonly DecideRounds[]): string {
  const first = median(rounds.map(({ firstMs }) => firstMs));
  const processor = median(rounds.map(({ firstProcessorMs }) => firstProcessorMs));
  const later = median(rounds.flatMap(({ laterMs }) => laterMs));
  return `${what}: first round ${first.toFixed(1)} ms (${processor.toFixed(1)} ms of processor time), later rounds ${later.toFixed(1)} ms`;
}

function growth(rounds: readonly DecideRounds[]): string {
  const later = median(rounds.flatMap(({ laterMs }) => laterMs));
  const tenth = median(rounds.flatMap(({ tenthMs }) => tenthMs));
  const tenfold = median(rounds.flatMap(({ tenfoldMs }) => tenfoldMs));
  return `${(later / tenth).toFixed(1)} times as long as a tenth of the projects; ten times as many take ${(tenfold / later).toFixed(1)} times as long (${tenfold.toFixed(0)} ms)`;
}

async function started(how: 'one' | 'every'): Promise<readonly DecideRounds[]> {
  const all: DecideRounds[] = [];
  const program = join(import.meta.dirname, 'decide-rounds.ts');
  while (all.length < STARTS) {
    const { stdout } = await promisify(execFile)(process.execPath, [program, String(PROJECTS), how]);
    all.push(JSON.parse(stdout) as DecideRounds);
  }
  return all;
}
