import {
  BURN_WINDOWS,
  burnRate,
  errorBudget,
  type BurnWindow,
  type ErrorBudget,
  type EventWindow,
} from '../../shared/consciousness/burn-rate.ts';
import { unmeasured, type Measurement } from '../../shared/consciousness/measurement.ts';
import { errorMeasurement } from '../../shared/consciousness/stability.ts';
import type { PrometheusEvidence } from '../../shared/contract/evidence-config.ts';
import type { Clock } from '../clock.ts';
import type { GetSmall } from '../energy/network-request.ts';
import { plainText } from '../projects/plain-text.ts';
import { shownUrl } from './health-probe.ts';

export interface PrometheusReading {
  /** Null where no error rate is asked for. */
  readonly errors: Measurement | null;
  /** Null where too few of the windows could be read, or none are asked for. */
  readonly budget: ErrorBudget | null;
  readonly latencyMs: number | null;
  readonly problem: string | null;
}

const TIMEOUT_MS = 3000;
const MAX_BYTES = 64 * 1024;

/** A query that gave no series: its own state, neither zero nor a failure. */
const NO_SERIES = Symbol('no series');

/** Error windows and latency by instant queries (HTTP API of Prometheus, `/api/v1/query`). Never throws. */
export async function readPrometheus(
  settings: PrometheusEvidence,
  getSmall: GetSmall,
  clock: Clock,
): Promise<PrometheusReading> {
  const source = shownUrl(settings.url);
  const ask = async (query: string): Promise<number | typeof NO_SERIES> => {
    const url = new URL(settings.url);
    url.pathname = `${url.pathname.replace(/\/$/, '')}/api/v1/query`;
    url.searchParams.set('query', query);
    const answer = await getSmall({ url: url.href, timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES });
    if (!answer.isWhole) throw new Error(`the answer is larger than ${MAX_BYTES} bytes`);
    return instantValue(answer.body, answer.statusCode);
  };
  const { errorsQuery, eventsQuery, latencyQuery, objectivePercent } = settings;
  const problems: string[] = [];
  const tell = (what: string, why: string): null => {
    const text = `${source} ${what}: ${plainText(why, 200)}`;
    if (!problems.includes(text)) problems.push(text);
    return null;
  };
  const number = async (what: string, query: string): Promise<number | null> => {
    try {
      const value = await ask(query);
      return value === NO_SERIES ? tell(what, 'the query gives no series') : value;
    } catch (error) {
      return tell(what, (error as Error).message);
    }
  };
  const windowOf = async (window: BurnWindow): Promise<readonly [BurnWindow, EventWindow] | null> => {
    const [events, errors] = await Promise.all([
      number('eventsQuery', (eventsQuery ?? '').replaceAll('$window', window)),
      number('errorsQuery', (errorsQuery ?? '').replaceAll('$window', window)),
    ]);
    if (events === null || errors === null) return null;
    if (events < 0 || errors < 0) return tell('errorsQuery', 'a count below zero');
    return [window, { events, errors }];
  };

  const asksErrors = errorsQuery !== null && eventsQuery !== null;
  if (!asksErrors && (errorsQuery !== null || eventsQuery !== null))
    problems.push('prometheus: errorsQuery and eventsQuery need each other');
  const [windows, latencyMs] = await Promise.all([
    asksErrors ? Promise.all(BURN_WINDOWS.map(windowOf)) : [],
    latencyQuery === null ? null : number('latencyQuery', latencyQuery),
  ]);
  const known = Object.fromEntries(windows.flatMap((window) => (window === null ? [] : [window]))) as Partial<
    Record<BurnWindow, EventWindow>
  >;
  const hour = known['1h'] ?? null;
  const problem = problems.length === 0 ? null : problems.join('; ');
  return {
    errors: !asksErrors
      ? null
      : hour === null
        ? unmeasured(source, problem ?? `${source}: no error rate`)
        : errorMeasurement(burnRate(hour, objectivePercent), clock.wallMs(), source),
    budget: asksErrors && hour !== null ? errorBudget(known, objectivePercent) : null,
    latencyMs: latencyMs !== null && latencyMs >= 0 ? latencyMs : null,
    problem,
  };
}

/** One number of an instant query's answer. Throws an Error in words. */
export function instantValue(body: string, statusCode: number): number | typeof NO_SERIES {
  let answer: unknown;
  try {
    answer = JSON.parse(body);
  } catch {
    throw new Error(`the answer (${statusCode}) is not JSON`);
  }
  const { status, error, data } = (answer ?? {}) as {
    status?: unknown;
    error?: unknown;
    data?: { resultType?: unknown; result?: unknown };
  };
  if (status !== 'success')
    throw new Error(`the query failed: ${typeof error === 'string' ? error : `status ${statusCode}`}`);
  const result = data?.result;
  if (data?.resultType === 'vector' && Array.isArray(result)) {
    if (result.length === 0) return NO_SERIES;
    if (result.length > 1) throw new Error(`the query gives ${result.length} series; one is expected`);
    return sampleValue((result[0] as { value?: unknown } | null)?.value);
  }
  if (data?.resultType === 'scalar') return sampleValue(result);
  throw new Error('the query gives no vector and no scalar');
}

function sampleValue(sample: unknown): number {
  const text: unknown = Array.isArray(sample) ? sample[1] : undefined;
  if (typeof text !== 'string' || !/^[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(text))
    throw new Error(
      `the query gives ${typeof text === 'string' ? plainText(text, 40) : 'nothing'}; a number is expected`,
    );
  return Number(text);
}
