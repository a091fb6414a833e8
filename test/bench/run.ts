import { cpus, loadavg, release, totalmem } from 'node:os';

import { type BenchResult, meetsBar } from './bench-result.ts';

/** Loaded one at a time: a bench must not carry what another one needs. */
const BENCHES: Readonly<Record<string, () => Promise<{ run: () => Promise<BenchResult> }>>> = {
  tick: () => import('./tick.ts'),
  decide: () => import('./decide.ts'),
  decisions: () => import('./decisions.ts'),
  gate: () => import('./gate.ts'),
  history: () => import('./history.ts'),
  hook: () => import('./hook.ts'),
  memory: () => import('./memory.ts'),
  jobs: () => import('./jobs.ts'),
  sync: () => import('./sync.ts'),
};

function facts(): string {
  const model = cpus()[0]?.model ?? 'unknown processor';
  const memoryGb = (totalmem() / 1024 ** 3).toFixed(1);
  return `${cpus().length} x ${model}, ${memoryGb} GB, ${process.platform} ${release()}, Node ${process.version}, load ${loadavg()[0]?.toFixed(1)}`;
}

function rounded(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

function lines(result: BenchResult): string[] {
  if (result.kind === 'left-out') return [`${result.name}: left out, ${result.because}`];
  const { ours, theirs, ratio, bar } = result;
  return [
    `${result.name}: ratio ${ratio.toPrecision(3)}, must be ${bar.must} ${bar.ratio}: ${meetsBar(result) ? 'met' : 'MISSED'}`,
    ...[ours, theirs].map(
      (figure) => `  ${figure.label}: ${rounded(figure.median)} ${figure.unit} (median of ${figure.runs})`,
    ),
    ...result.notes.map((note) => `  ${note}`),
  ];
}

async function main(args: readonly string[]): Promise<number> {
  const asked = args.filter((arg) => arg !== '--check');
  const unknown = asked.find((name) => !Object.hasOwn(BENCHES, name));
  if (unknown !== undefined) {
    process.stderr.write(`no bench "${unknown}"; there are ${Object.keys(BENCHES).join(', ')}\n`);
    return 2;
  }
  process.stdout.write(`${facts()}\n`);
  let missed = 0;
  for (const [name, load] of Object.entries(BENCHES)) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    const { run } = await load();
    const result = await run();
    if (!meetsBar(result)) missed += 1;
    process.stdout.write(`\n${lines(result).join('\n')}\n`);
  }
  return args.includes('--check') && missed > 0 ? 1 : 0;
}

process.exitCode = await main(process.argv.slice(2));
