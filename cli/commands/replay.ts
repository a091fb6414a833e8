import { readTrace, TraceError } from '../../core/energy/trace.ts';
import type { Trace } from '../../core/energy/trace.ts';
import type { Forecast } from '../../shared/contract/energy.ts';
import { withoutErrors } from '../../shared/energy/forecast/forecast-history.ts';
import { createForecaster } from '../../shared/energy/forecast/forecaster.ts';
import type { Forecaster } from '../../shared/energy/forecast/forecaster.ts';
import type { PastError } from '../../shared/energy/forecast/track-record.ts';
import { replayTrace, traceGapMs } from '../../shared/energy/replay.ts';
import type { ReplayRow } from '../../shared/energy/replay.ts';
import { minutesText, percentText } from '../../shared/view/quantities.ts';
import type { CommandIo } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { flags } from '../flags.ts';
import { UsageError } from '../usage-error.ts';

const HELP = `orch replay TRACE.csv [--thresholds 20,5,0] [--history OTHER.csv]... [--json]

  Runs the level machine and the forecaster over a recorded trace with the columns iso_time,percent,state[,watts],
  and says at the end how far off the forecasts were.

  --thresholds  percentages to forecast, 0 to 100 (default 20,5,0)
  --history     traces of the same machine, oldest first: what it had learnt before
  --json        one object a row
`;
const DEFAULT_THRESHOLDS = [20, 5, 0];
/** Without --json a line is printed when level or state changes, and else this often. */
const LINE_EVERY_MS = 30 * 60_000;

/** `orch replay`: 0 when the trace was read, 2 when a file or an argument is not as it must be. */
export async function replay(argv: string[], io: Pick<CommandIo, 'out' | 'err' | 'env'>): Promise<number> {
  const { values, positionals } = flags(argv, {
    thresholds: { type: 'string' },
    history: { type: 'string', multiple: true },
    json: { type: 'boolean' },
  });
  if (values.help === true) {
    io.out(HELP);
    return EXIT.ok;
  }
  const [path] = positionals;
  if (path === undefined || positionals.length > 1) throw new UsageError('one trace is needed');
  const thresholds = thresholdsOf(values.thresholds);
  try {
    const trace = await readTrace(path);
    const forecaster = await taughtForecaster(trace, values.history ?? [], io);
    say(trace, io);
    const rows = replayTrace(trace.rows, forecaster, thresholds);
    if (values.json === true) for (const row of rows) io.out(`${JSON.stringify(row)}\n`);
    else printRows(rows, trace, io);
    const errors = errorLines(forecaster.pastErrors());
    for (const line of errors) (values.json === true ? io.err : io.out)(`${line}\n`);
    return EXIT.ok;
  } catch (error) {
    if (!(error instanceof TraceError)) throw error;
    io.err(`orch replay: ${error.message}\n`);
    return EXIT.usage;
  }
}

/** A forecaster for the trace that has seen the others before; its errors count from here. */
async function taughtForecaster(
  trace: Trace,
  history: readonly string[],
  io: Pick<CommandIo, 'err'>,
): Promise<Forecaster> {
  let learnt: unknown = null;
  for (const path of history) {
    const earlier = await readTrace(path);
    say(earlier, io);
    const forecaster = createForecaster({ gapMs: traceGapMs(earlier.rows) });
    if (learnt !== null) forecaster.importHistory(learnt);
    const rows = replayTrace(earlier.rows, forecaster, []);
    while (rows.next().done !== true) continue;
    learnt = withoutErrors(forecaster.exportHistory());
  }
  const forecaster = createForecaster({ gapMs: traceGapMs(trace.rows) });
  if (learnt !== null) forecaster.importHistory(learnt);
  return forecaster;
}

function say(trace: Trace, io: Pick<CommandIo, 'err'>): void {
  for (const remark of trace.remarks) io.err(`${remark}\n`);
}

function thresholdsOf(text: string | undefined): number[] {
  if (text === undefined) return DEFAULT_THRESHOLDS;
  return text.split(',').map((part) => {
    const threshold = part.trim() === '' ? NaN : Number(part);
    if (threshold >= 0 && threshold <= 100) return threshold;
    throw new UsageError(`--thresholds must be numbers from 0 to 100 like 20,5,0, not "${text}"`);
  });
}

function printRows(rows: Iterable<ReplayRow>, trace: Trace, io: Pick<CommandIo, 'out'>): void {
  let shown = '';
  let shownAtMs = -Infinity;
  let index = 0;
  for (const row of rows) {
    const atMs = trace.rows[index++]?.atMs ?? 0;
    const key = `${row.level} ${row.state} ${row.forecast.length > 0 ? 'forecast' : ''}`;
    if (key === shown && atMs - shownAtMs < LINE_EVERY_MS) continue;
    shown = key;
    shownAtMs = atMs;
    const cells = [row.at, row.level.padEnd(8), percentText(row.percent).padStart(5), row.state.padEnd(12)];
    io.out(`${[...cells, row.forecast.map(forecastWords).join('; ')].join('  ').trimEnd()}\n`);
  }
}

function forecastWords({ thresholdPercent, minutes10, minutes50, minutes90 }: Forecast): string {
  const range = `${minutesText(minutes10)} to ${minutesText(minutes90)}`;
  return `${percentText(thresholdPercent)} in ${minutesText(minutes50)} (${range})`;
}

function errorLines(errors: readonly PastError[]): string[] {
  if (errors.length === 0) return ['No forecast came true or false in this trace: its error is not known.'];
  return [
    'How far off the forecasts were:',
    ...errors.map(({ horizonMinutes, meanAbsoluteErrorMinutes, biasMinutes, count }) => {
      const bias = `${Math.abs(biasMinutes).toFixed(1)} min too ${biasMinutes > 0 ? 'long' : 'short'}`;
      const error = `${meanAbsoluteErrorMinutes.toFixed(1)} min on average, ${bias}`;
      return `  up to ${String(horizonMinutes).padStart(3)} min ahead: ${error} (${count} forecasts)`;
    }),
  ];
}
