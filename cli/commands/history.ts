import type { HistoryMetrics, HistoryQuery, HistoryReply } from '../../shared/contract/history.ts';
import { exportHead, exportRow, exportTail, EXPORT_FORMATS } from '../../shared/view/history-file.ts';
import { exportRows, type HistorySource } from '../../core/history/export-rows.ts';
import { instantMs } from '../../core/history/instant.ts';
import { metricOf } from '../../core/history/metric.ts';
import { openOfflineHistory } from '../../core/history/offline-history.ts';
import type { Command, CommandIo } from '../command.ts';
import { askCore, errorText } from '../core-client.ts';
import { EXIT } from '../exit-codes.ts';
import { durationMs, flags, oneOf } from '../flags.ts';
import { openOutput, type Output } from '../output-file.ts';
import { UsageError } from '../usage-error.ts';

const HELP = `orch history [--from -24h] [--to now] [--format csv,json,ndjson] [--metric M]... [--out FILE]

What was measured and judged, one row a sample; beyond 35 days one row for five minutes.

  --from, --to     an ISO instant, milliseconds since 1970, now, or back from now: -90m, -24h, -7d
  --metric M       only this one; may be given again. levels, verdicts, gaps and events are metrics too
  --metrics        list the metrics there are, and end
  --step 5m        one row for so long (s, m, h), with least, mean, greatest and last
  --project P      only lines, verdicts and events of this project
  --format F       csv (default), json or ndjson; --json is short for --format json
  --out FILE       write there, whole or not at all
  --private        also scores about the person; they are left out without it

Asks the running core; without one reads history.db and changes nothing.
`;

export const history: Command = async (argv, io) => {
  const { values, positionals } = flags(joined(argv), {
    from: { type: 'string' },
    to: { type: 'string' },
    format: { type: 'string' },
    metric: { type: 'string', multiple: true },
    metrics: { type: 'boolean' },
    step: { type: 'string' },
    project: { type: 'string' },
    out: { type: 'string' },
    private: { type: 'boolean' },
    json: { type: 'boolean' },
  });
  if (values.help === true) {
    io.out(HELP);
    return EXIT.ok;
  }
  if (positionals.length > 0) throw new UsageError(`what is "${positionals[0] ?? ''}"? Name it with a flag`);
  const isJson = values.json === true;
  const format = oneOf(values.format ?? (isJson ? 'json' : 'csv'), EXPORT_FORMATS, '--format');
  if (isJson && format !== 'json') throw new UsageError('--json and another --format contradict each other');
  const range = {
    fromMs: instantOf(values.from ?? '-24h', '--from', io),
    toMs: instantOf(values.to ?? 'now', '--to', io),
  };
  if (range.toMs <= range.fromMs) throw new UsageError('--to must be later than --from');
  const stepMs = values.step === undefined ? null : durationMs(values.step, '--step');
  if (stepMs !== null && stepMs < 1000) throw new UsageError('--step must be at least 1s');
  const isPrivate = values.private === true;

  const source = await sourceOf(io);
  if (source === null) return EXIT.unknown;
  const known = await source.metrics();
  if (values.metrics === true) {
    io.out(isJson ? `${JSON.stringify(known)}\n` : listed(known));
    return EXIT.ok;
  }
  const metrics = chosen(values.metric ?? [], values.project, known, isPrivate);
  let output: Output | null = null;
  try {
    output = await openOutput(values.out, io);
    await output.write(exportHead(format, range));
    const wanted = { ...range, metrics, stepMs, project: values.project, isPrivate };
    let isFirst = true;
    for await (const row of exportRows(source, wanted)) {
      await output.write(exportRow(format, row, isFirst));
      isFirst = false;
    }
    await output.write(exportTail(format));
    await output.keep();
    return EXIT.ok;
  } catch (error) {
    await output?.discard();
    if (error instanceof UsageError) throw error;
    io.err(`orch: ${(error as Error).message}\n`);
    return EXIT.block;
  } finally {
    source.close();
  }
};

/** `--from -7d` as `--from=-7d`: else the value would be taken for a flag. */
function joined(argv: readonly string[]): string[] {
  const args: string[] = [];
  for (const arg of argv) {
    const before = args.at(-1);
    const isBack = /^-\d/.test(arg) && (before === '--from' || before === '--to');
    if (isBack) args[args.length - 1] = `${before}=${arg}`;
    else args.push(arg);
  }
  return args;
}

function instantOf(text: string, flag: string, io: CommandIo): number {
  const atMs = instantMs(text, io.nowMs());
  if (atMs === null)
    throw new UsageError(`${flag} must be an ISO instant, now, or like -7d, -24h, -90m, not "${text}"`);
  return atMs;
}

/** What is asked for, or everything that is not about the person. */
function chosen(
  asked: readonly string[],
  project: string | undefined,
  known: HistoryMetrics,
  isPrivate: boolean,
): string[] {
  for (const name of asked) {
    if (['levels', 'verdicts', 'gaps', 'events'].includes(name)) continue;
    if (!known.metrics.some(({ metric }) => metric === name))
      throw new UsageError(`there is no metric "${name}"; \`orch history --metrics\` lists them`);
    if (metricOf(name)?.private === true && !isPrivate)
      throw new UsageError(`"${name}" is about the person; add --private to export it`);
  }
  if (asked.length > 0) return [...asked];
  const lines = known.metrics.filter(
    (metric) => (isPrivate || !metric.private) && (project === undefined || metric.project === project),
  );
  const bands = project === undefined ? ['levels', 'verdicts', 'gaps'] : ['verdicts'];
  return [...lines.map(({ metric }) => metric), ...bands];
}

function listed({ metrics }: HistoryMetrics): string {
  const lines = metrics.map(
    ({ metric, unit, title, private: isPrivate }) =>
      `${metric.padEnd(36)} ${unit.padEnd(8)} ${title}${isPrivate ? ' (private)' : ''}\n`,
  );
  return lines.join('');
}

/** The running core, else its database; null, and told, when there is neither. */
async function sourceOf(io: CommandIo): Promise<(HistorySource & { close(): void }) | null> {
  const reply = await askCore(io.places, 'GET', '/v1/history/metrics');
  if (reply.reached) {
    return {
      metrics: () => asked<HistoryMetrics>(io, '/v1/history/metrics'),
      ask: (query) => asked<HistoryReply>(io, `/v1/history?${queryText(query)}`),
      close: () => undefined,
    };
  }
  const offline = await openOfflineHistory(io.places.historyPath, io.nowMs());
  if ('why' in offline) {
    io.err(`orch: the core is ${reply.why}, and ${offline.why}.\n`);
    return null;
  }
  return offline;
}

async function asked<T>(io: CommandIo, path: string): Promise<T> {
  const reply = await askCore(io.places, 'GET', path);
  if (!reply.reached) throw new Error(`The core went away: ${reply.why}.`);
  if (reply.status !== 200) throw new Error(errorText(reply.body));
  return JSON.parse(reply.body) as T;
}

function queryText(query: HistoryQuery): string {
  const pairs = Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]);
  return new URLSearchParams(pairs).toString();
}
