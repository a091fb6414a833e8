/**
 * How far off the forecast is on recorded discharges, against two ways in use and a plain mixture, asked at the same
 * moments.
 * `npm run bench:forecast [-- --check] [-- --traces DIR]`; --check exits 1 when a bar is missed.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { readTrace } from '../../core/energy/trace.ts';
import type { Trace } from '../../core/energy/trace.ts';
import { createForecaster } from '../../shared/energy/forecast/forecaster.ts';
import { replayTrace, traceGapMs } from '../../shared/energy/replay.ts';
import { recordedDir } from '../fixtures/recorded.ts';
import { askTrace, meanDrain } from './forecast-asking.ts';
import type { Asking, DischargeRun } from './forecast-asking.ts';
import { LAPTOP_GROUPS } from './forecast-peers.ts';
import type { LaptopGroup } from './forecast-peers.ts';
import {
  COUNTING_HEADER,
  countingLines,
  forecastScore,
  missedBars,
  scoreLine,
  SCORE_HEADER,
} from './forecast-score.ts';
import type { ForecastScore } from './forecast-score.ts';

interface Expected {
  readonly machine_class: string;
  readonly has_watts: boolean;
  readonly use_for_forecast_error: boolean;
  readonly discharge_segments: readonly DischargeRun[];
}

/** What the forecaster had seen of the same machine before the trace began. */
type Before = 'nothing' | 'earlier months' | 'other months';
const ALL_BEFORE: readonly Before[] = ['nothing', 'earlier months', 'other months'];

const { values } = parseArgs({ options: { check: { type: 'boolean' }, traces: { type: 'string' } } });
const dir = values.traces ?? recordedDir('traces');
if (dir === null || !existsSync(join(dir, 'EXPECTED.json'))) {
  console.log('bench:forecast left out: the recorded traces are not here (--traces DIR names them)');
  process.exit(0);
}
const expected = JSON.parse(readFileSync(join(dir, 'EXPECTED.json'), 'utf8')) as Record<string, Expected>;
const used = Object.keys(expected)
  .filter((file) => expected[file]!.use_for_forecast_error)
  .sort();
const traces = new Map<string, Trace>();
for (const file of used) traces.set(file, await readTrace(join(dir, file)));

let missed: string[] = [];
for (const before of ALL_BEFORE) {
  console.log(`\nLearnt before: ${before}\n${SCORE_HEADER}`);
  const byFile = new Map(used.map((file) => [file, ask(file, before)] as const));
  for (const [file, askings] of byFile)
    console.log(scoreLine(file.replace(/\.csv$/, ''), forecastScore(askings)));
  const line = (name: string, isIn: (one: Expected) => boolean): ForecastScore => {
    const score = forecastScore(
      [...byFile].flatMap(([file, askings]) => (isIn(expected[file]!) ? askings : [])),
    );
    console.log(scoreLine(name, score));
    return score;
  };
  for (const name of new Set(used.map((file) => expected[file]!.machine_class)))
    line(`class ${name}`, (one) => one.machine_class === name);
  line('all', () => true);
  for (const group of LAPTOP_GROUPS) {
    const score = line(group, (one) => isIn(group, one));
    console.log(COUNTING_HEADER);
    for (const counted of countingLines(score, group)) console.log(counted);
    missed = [
      ...missed,
      ...missedBars(score, group).map((bar) => `learnt before: ${before}: ${group}: ${bar}`),
    ];
  }
}
console.log(
  missed.length === 0 ? '\nAll laptop bars are met.' : `\nMissed on laptops:\n${missed.join('\n')}`,
);
if (values.check === true && missed.length > 0) process.exitCode = 1;

function ask(file: string, before: Before): Asking[] {
  const others =
    before === 'nothing'
      ? []
      : used.filter((name) => isSameMachine(name, file) && (before === 'other months' || name < file));
  let learnt: unknown = null;
  for (const other of others) {
    const rows = traces.get(other)!.rows;
    const forecaster = createForecaster({ gapMs: traceGapMs(rows) });
    if (learnt !== null) forecaster.importHistory(learnt);
    const replayed = replayTrace(rows, forecaster, []);
    while (replayed.next().done !== true) continue;
    learnt = forecaster.exportHistory();
  }
  const trace = traces.get(file)!;
  const forecaster = createForecaster({ gapMs: traceGapMs(trace.rows) });
  if (learnt !== null) forecaster.importHistory(learnt);
  const seen = others.map((name) => ({ trace: traces.get(name)!, runs: expected[name]!.discharge_segments }));
  return askTrace(trace, expected[file]!.discharge_segments, forecaster, meanDrain(seen));
}

function isIn(group: LaptopGroup, { machine_class, has_watts }: Expected): boolean {
  return machine_class.startsWith('laptop') && (group === 'all laptops' || has_watts);
}

/** Files that differ in a closing year and month alone are of one machine. */
function isSameMachine(one: string, other: string): boolean {
  const machine = (file: string) => file.replace(/-\d{4}-\d\d\.csv$/, '');
  return one !== other && machine(one) === machine(other);
}
