/**
 * How far off the forecast is on recorded discharges, against two ways in use, asked at the same moments.
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
import { askTrace } from './forecast-asking.ts';
import type { Asking, DischargeRun } from './forecast-asking.ts';
import { forecastScore, missedBars, scoreLine, SCORE_HEADER } from './forecast-score.ts';

interface Expected {
  readonly machine_class: string;
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
  const byClass = new Map<string, Asking[]>();
  const byFile = new Map(used.map((file) => [file, ask(file, before)] as const));
  for (const [file, askings] of byFile) {
    console.log(scoreLine(file.replace(/\.csv$/, ''), forecastScore(askings)));
    const name = expected[file]!.machine_class;
    byClass.set(name, [...(byClass.get(name) ?? []), ...askings]);
  }
  for (const [name, askings] of byClass) console.log(scoreLine(`class ${name}`, forecastScore(askings)));
  const laptops = [...byClass].flatMap(([name, askings]) => (name.startsWith('laptop') ? askings : []));
  const score = forecastScore(laptops);
  console.log(scoreLine('all laptops', score));
  console.log(scoreLine('all', forecastScore([...byFile.values()].flat())));
  missed = [...missed, ...missedBars(score).map((bar) => `learnt before: ${before}: ${bar}`)];
}
console.log(
  missed.length === 0 ? '\nAll laptop bars are met.' : `\nMissed on laptops:\n${missed.join('\n')}`,
);
if (values.check === true && missed.length > 0) process.exitCode = 1;

function ask(file: string, before: Before): Asking[] {
  let learnt: unknown = null;
  for (const other of before === 'nothing' ? [] : used.filter((name) => isSameMachine(name, file))) {
    if (before === 'earlier months' && other > file) continue;
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
  return askTrace(trace, expected[file]!.discharge_segments, forecaster);
}

/** Files that differ in a closing year and month alone are of one machine. */
function isSameMachine(one: string, other: string): boolean {
  const machine = (file: string) => file.replace(/-\d{4}-\d\d\.csv$/, '');
  return one !== other && machine(one) === machine(other);
}
