import { readFile } from 'node:fs/promises';

import { BATTERY_STATES } from '../../shared/contract/vocabulary.ts';
import type { BatteryState } from '../../shared/contract/vocabulary.ts';
import type { TraceRow } from '../../shared/energy/replay.ts';

/** A trace could not be read; the message names file, line, column and what was allowed. */
export class TraceError extends Error {
  override readonly name = 'TraceError';
}

export interface Trace {
  readonly rows: readonly TraceRow[];
  /** What was read but not believed, as sentences for a person. */
  readonly remarks: readonly string[];
}

const NEEDED = ['iso_time', 'percent', 'state'] as const;
/** ISO 8601 to the minute or finer; without an offset it is the recorder's local time. */
const STAMP = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d([.,]\d+)?)?(Z|[+-]\d\d:?\d\d)?$/i;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
/** Beyond this a gauge is out of its mind (domain 1.1, "Impossible readings"). */
const MOST_WATTS = 300;

/** Reads a recorded `iso_time,percent,state[,watts]` trace. Throws a TraceError. */
export async function readTrace(path: string): Promise<Trace> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new TraceError(`${path}: ${reasonOf(error as NodeJS.ErrnoException)}`);
  }
  return parseTrace(text, path);
}

/**
 * The rows of a trace, in the file's order; further columns are left aside. Stamps without an offset are taken as
 * one steady local time. Percent outside 0..100 becomes null, for one bad reading does not spoil a recording;
 * what is no number, no time or no known state throws a TraceError.
 */
export function parseTrace(text: string, path: string): Trace {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const header = (lines[0] ?? '').split(',').map((name) => unquoted(name).toLowerCase());
  for (const name of NEEDED) {
    if (!header.includes(name)) {
      throw new TraceError(
        `${path}:1: no column ${name}; allowed is the header iso_time,percent,state[,watts]`,
      );
    }
  }
  const column = (name: string) => header.indexOf(name);
  const columns = {
    at: column('iso_time'),
    percent: column('percent'),
    state: column('state'),
    watts: column('watts'),
  };
  const rows: TraceRow[] = [];
  let outside = 0;
  let late = 0;
  for (const [index, line] of lines.entries()) {
    if (index === 0 || line.trim() === '') continue;
    const fields = line.split(',').map(unquoted);
    const complain = (name: string, value: string | undefined, allowed: string): never => {
      const found = value === undefined ? 'is missing' : `is "${value.slice(0, 40)}"`;
      throw new TraceError(`${path}:${index + 1}: ${name} ${found}; allowed is ${allowed}`);
    };
    const at = fields[columns.at];
    const atMs = at === undefined ? null : instantOf(at);
    if (at === undefined || atMs === null) {
      return complain('iso_time', at, 'an ISO 8601 time like 2026-01-31T12:39:14+01:00');
    }
    const percent = fields[columns.percent];
    if (percent === undefined || (percent !== '' && !NUMBER.test(percent))) {
      return complain('percent', percent, 'a number from 0 to 100, or nothing where the read failed');
    }
    const stateText = fields[columns.state];
    const state = stateText === undefined ? null : stateOf(stateText);
    if (state === null) return complain('state', stateText, BATTERY_STATES.join(', '));
    const watts = columns.watts < 0 ? '' : (fields[columns.watts] ?? '');
    if (watts !== '' && !NUMBER.test(watts)) return complain('watts', watts, 'a number, or nothing');
    const charge = percent === '' ? null : Number(percent);
    const isOutside = charge !== null && !(charge >= 0 && charge <= 100);
    if (isOutside) outside++;
    if (atMs < (rows.at(-1)?.atMs ?? -Infinity)) late++;
    rows.push({ at, atMs, percent: isOutside ? null : charge, state, watts: wattsOf(watts) });
  }
  const remarks: string[] = [];
  if (outside > 0) remarks.push(`${path}: ${outside} rows outside 0..100 % count as failed reads`);
  if (late > 0) remarks.push(`${path}: ${late} rows are stamped earlier than the row before them`);
  return { rows, remarks };
}

function instantOf(text: string): number | null {
  if (!STAMP.test(text)) return null;
  const iso = text.replace(' ', 'T').replace(',', '.').toUpperCase();
  const withZone = /(Z|[+-]\d\d:?\d\d)$/.test(iso.slice(10)) ? iso : `${iso}Z`;
  const atMs = Date.parse(withZone.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  return Number.isFinite(atMs) ? atMs : null;
}

function stateOf(text: string): BatteryState | null {
  const word = text.trim().toLowerCase().replaceAll(' ', '-');
  return BATTERY_STATES.find((state) => state === word) ?? null;
}

/** Without its sign, which differs between recorders: the state says which way it flows. */
function wattsOf(text: string): number | null {
  const watts = Math.abs(Number(text));
  return text === '' || !(watts <= MOST_WATTS) ? null : watts;
}

function unquoted(field: string): string {
  const text = field.trim();
  return text.length >= 2 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1).trim() : text;
}

function reasonOf(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT') return 'no such file';
  if (error.code === 'EISDIR') return 'is a folder; allowed is a CSV file';
  if (error.code === 'EACCES') return 'permission denied';
  return error.message;
}
