import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Counts into a file as a training counts steps; on SIGUSR2 it notes where it was. Deaf to SIGTERM when told. */
const COUNTER = `import { appendFileSync } from 'node:fs';
const [path, deaf] = process.argv.slice(2);
let step = 0;
process.on('SIGUSR2', () => appendFileSync(path, 'checkpoint ' + step + '\\n'));
if (deaf === 'deaf') process.on('SIGTERM', () => appendFileSync(path, 'deaf\\n'));
appendFileSync(path, 'pid ' + process.pid + '\\n');
setInterval(() => appendFileSync(path, ++step + '\\n'), 50);
setTimeout(() => process.exit(3), 120_000);
`;

/** Says what its terminal is like, and how it ends. */
const TERMINAL = `import { appendFileSync } from 'node:fs';
const [path] = process.argv.slice(2);
const { stdin, stdout } = process;
appendFileSync(path, JSON.stringify({ in: stdin.isTTY === true, out: stdout.isTTY === true, columns: stdout.columns, rows: stdout.rows }) + '\\n');
process.on('SIGINT', () => { appendFileSync(path, 'interrupted\\n'); process.exit(4); });
stdin.on('data', (data) => { const line = String(data).trim(); appendFileSync(path, 'read ' + line + '\\n'); if (line === 'bye') process.exit(0); });
setTimeout(() => process.exit(9), 60_000);
`;

export interface JobPrograms {
  readonly counter: string;
  readonly terminal: string;
}

export function writeJobPrograms(dir: string): JobPrograms {
  const programs = { counter: join(dir, 'counter.mjs'), terminal: join(dir, 'terminal.mjs') };
  writeFileSync(programs.counter, COUNTER);
  writeFileSync(programs.terminal, TERMINAL);
  return programs;
}

export function linesOf(path: string): string[] {
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(Boolean) : [];
}

/** How far a counter has come. */
export function stepsOf(path: string): number {
  return Number(linesOf(path).findLast((line) => /^\d+$/.test(line)) ?? 0);
}

/** The processes a counter has been, by its own word: more than one is a double. */
export function pidsOf(path: string): number[] {
  return linesOf(path).flatMap((line) => (line.startsWith('pid ') ? [Number(line.slice(4))] : []));
}
