import type { GridConfig } from '../../shared/contract/config.ts';

/** What to ask and where the number is in the answer. */
export interface GridQuestion {
  readonly url: string;
  readonly label: string;
  /** Header that carries the token, where there is one. */
  readonly tokenHeader: string;
  /** @throws Error in words when the answer holds no number */
  readonly read: (answer: unknown) => GridNumber;
}

export interface GridNumber {
  readonly value: number;
  /** When it was measured, milliseconds since 1970; null when the answer does not say. */
  readonly atMs: number | null;
}

/** The question for the configured source. Shapes of the named services: docs/ups.md. */
export function gridQuestion(grid: GridConfig): GridQuestion {
  const label = grid.label ?? grid.source;
  switch (grid.source) {
    case 'electricity-maps': {
      const url = new URL(grid.url ?? 'https://api.electricitymaps.com/v3/carbon-intensity/latest');
      url.searchParams.set('zone', grid.zone ?? '');
      const read = readPaths(['carbonIntensity'], ['datetime']);
      return {
        url: url.href,
        label: grid.label ?? `${grid.zone ?? ''} grid`,
        tokenHeader: grid.tokenHeader ?? 'auth-token',
        read,
      };
    }
    case 'uk-carbon-intensity':
      return {
        url: grid.url ?? 'https://api.carbonintensity.org.uk/intensity',
        label: grid.label ?? 'GB grid',
        tokenHeader: grid.tokenHeader ?? 'authorization',
        // The measured number is null until the half hour is over; the forecast stands until then.
        read: readPaths(['data.0.intensity.actual', 'data.0.intensity.forecast'], ['data.0.from']),
      };
    case 'prometheus': {
      const url = new URL(grid.url ?? '');
      url.pathname = `${url.pathname.replace(/\/$/, '')}/api/v1/query`;
      url.searchParams.set('query', grid.query ?? '');
      return {
        url: url.href,
        label,
        tokenHeader: grid.tokenHeader ?? 'authorization',
        read: readPrometheus,
      };
    }
    case 'json':
      return {
        url: grid.url ?? '',
        label,
        tokenHeader: grid.tokenHeader ?? 'authorization',
        read: readPaths([grid.valuePath ?? ''], grid.atPath === null ? [] : [grid.atPath]),
      };
  }
}

function readPaths(valuePaths: readonly string[], atPaths: readonly string[]) {
  return (answer: unknown): GridNumber => {
    for (const path of valuePaths) {
      const value = numberOf(at(answer, path));
      if (value === null) continue;
      const times = atPaths.map((atPath) => instantOf(at(answer, atPath)));
      return { value, atMs: times.find((time) => time !== null) ?? null };
    }
    throw new Error(`the answer holds no number at ${valuePaths.join(' or ')}`);
  };
}

/** An instant query: a scalar, or a vector of exactly one series. */
function readPrometheus(answer: unknown): GridNumber {
  if (at(answer, 'status') !== 'success') {
    throw new Error(`the query failed: ${String(at(answer, 'error')).slice(0, 200)}`);
  }
  const type = at(answer, 'data.resultType');
  const result = at(answer, 'data.result');
  if (type === 'vector' && (!Array.isArray(result) || result.length !== 1)) {
    const count = Array.isArray(result) ? result.length : 0;
    throw new Error(`the query gives ${count} series; it must give one number`);
  }
  const sample = type === 'vector' ? at(result, '0.value') : result;
  const value = numberOf(at(sample, '1'));
  if (value === null) throw new Error('the query gives no number');
  return { value, atMs: instantOf(at(sample, '0')) };
}

/** Own properties only: an answer does not reach prototypes. */
function at(from: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    return (value as Record<string, unknown>)[key];
  }, from);
}

function numberOf(value: unknown): number | null {
  if (typeof value === 'string' && /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(value))
    return numberOf(Number(value));
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** ISO text, or seconds since 1970 as Prometheus gives them. */
function instantOf(value: unknown): number | null {
  const ms = typeof value === 'number' ? value * 1000 : typeof value === 'string' ? Date.parse(value) : NaN;
  return Number.isFinite(ms) ? ms : null;
}
