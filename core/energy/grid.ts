import type { GridConfig } from '../../shared/contract/config.ts';
import type { GridReading } from '../../shared/energy/grid.ts';
import type { Clock } from '../clock.ts';
import { gridQuestion } from './grid-answer.ts';
import type { GridNumber } from './grid-answer.ts';
import type { GetSmall } from './network-request.ts';
import { readPasswordFile } from './nut-password.ts';
import { isLoopback } from './ups-address.ts';

const TIMEOUT_MS = 10_000;
const MAX_BYTES = 262_144;
const FIRST_RETRY_MS = 60_000;

export interface GridOptions {
  readonly clock: Clock;
  readonly grid: GridConfig;
  readonly get: GetSmall;
  /** The token; from `grid.tokenFile` when left out. */
  readonly readToken?: () => Promise<string>;
  /** Called after each answer and each failure. */
  readonly onChange?: (reading: GridReading) => void;
}

export interface GridSource {
  start(): void;
  stop(): void;
  /** From memory. A value is kept with its age while the source is silent, then it is unknown. */
  reading(): GridReading;
}

/**
 * Asks a grid source every `intervalMinutes`; after a failure sooner, at 1, 2, 4 .. minutes, never more often
 * than that. Nothing waits for it.
 */
export function createGridSource(options: GridOptions): GridSource {
  const { clock, grid } = options;
  const question = gridQuestion(grid);
  const intervalMs = grid.intervalMinutes * 60_000;
  let last: { readonly value: number; readonly measuredAtMs: number } | null = null;
  let problem: string | null = null;
  let failures = 0;
  let running = false;
  let run = 0;
  let cancel: () => void = () => undefined;

  const reading = (): GridReading => {
    const base = { label: question.label, unit: grid.unit };
    if (last === null) return { ...base, value: null, ageSeconds: null, problem };
    const ageSeconds = (clock.monotonicMs() - last.measuredAtMs) / 1000;
    if (ageSeconds <= grid.keepMinutes * 60) return { ...base, value: last.value, ageSeconds, problem };
    const old = `its last value is ${Math.floor(ageSeconds / 60)} min old`;
    return { ...base, value: null, ageSeconds: null, problem: problem === null ? old : `${old}: ${problem}` };
  };

  const turn = async (thisRun: number) => {
    let pauseMs = intervalMs;
    try {
      const { value, atMs } = await ask(options, question);
      if (thisRun !== run) return;
      // A stamp from the future counts as now.
      const ageMs = atMs === null ? 0 : Math.max(0, clock.wallMs() - atMs);
      last = { value, measuredAtMs: clock.monotonicMs() - ageMs };
      problem = null;
      failures = 0;
    } catch (error) {
      if (thisRun !== run) return;
      problem = error instanceof Error ? error.message : String(error);
      pauseMs = Math.min(intervalMs, FIRST_RETRY_MS * 2 ** Math.min(failures, 11));
      failures += 1;
    }
    cancel = clock.after(pauseMs, () => void turn(thisRun));
    options.onChange?.(reading());
  };

  return {
    reading,
    start() {
      if (running) return;
      running = true;
      run += 1;
      void turn(run);
    },
    stop() {
      running = false;
      run += 1;
      cancel();
    },
  };
}

async function ask(options: GridOptions, question: ReturnType<typeof gridQuestion>): Promise<GridNumber> {
  const { tokenFile } = options.grid;
  const token = await (options.readToken?.() ?? (tokenFile === null ? null : readPasswordFile(tokenFile)));
  const { protocol, hostname } = new URL(question.url);
  if (token !== null && protocol === 'http:' && !isLoopback(hostname.replace(/^\[|\]$/g, ''))) {
    throw new Error(`the token is not sent to ${hostname} in the clear: use https`);
  }
  const answer = await options.get({
    url: question.url,
    headers: { accept: 'application/json', ...(token === null ? {} : { [question.tokenHeader]: token }) },
    timeoutMs: TIMEOUT_MS,
    maxBytes: MAX_BYTES,
  });
  if (answer.statusCode !== 200) {
    throw new Error(`${question.label} answered ${answer.statusCode}${hint(answer.statusCode)}`);
  }
  if (!answer.isWhole) throw new Error(`${question.label} answered more than ${MAX_BYTES} bytes`);
  let parsed: unknown;
  try {
    parsed = JSON.parse(answer.body);
  } catch {
    throw new Error(`${question.label} answered something that is no JSON`);
  }
  return question.read(parsed);
}

function hint(statusCode: number): string {
  if (statusCode === 401 || statusCode === 403)
    return ': the token is missing or wrong (energy.grid.tokenFile)';
  if (statusCode === 429) return ': asked too often (energy.grid.intervalMinutes)';
  return '';
}
