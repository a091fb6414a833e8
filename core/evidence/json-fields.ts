import { FileProblem } from '../projects/file-problem.ts';
import { scanJson } from '../projects/json-scan.ts';
import { plainText } from '../projects/plain-text.ts';

/** An object read from a file, with problems that say where. */
export interface JsonFields {
  /** Null where the field is not there. Throws a FileProblem for anything but a number in the range. */
  number(name: string, least: number, most: number): number | null;
  /** Null where it is not there. Throws a FileProblem for anything but an object. */
  object(name: string): JsonFields | null;
  /** Null where it is not there. Throws a FileProblem for anything but an instant; wall milliseconds. */
  instant(name: string): number | null;
  has(name: string): boolean;
  /** A FileProblem about this object or one of its fields. */
  problem(name: string | null, what: string): FileProblem;
}

/** Throws a FileProblem with line and column where the text is not an object in JSON. */
export function jsonFields(text: string): JsonFields {
  const { fault } = scanJson(text);
  if (fault !== null)
    throw new FileProblem(`:${fault.line}:${fault.column} ${plainText(fault.message, 200)}`, true);
  const value: unknown = JSON.parse(text);
  if (!isObject(value)) throw new FileProblem(':1 is not an object');
  return fieldsOf(value, [], text);
}

function fieldsOf(
  object: Readonly<Record<string, unknown>>,
  path: readonly string[],
  text: string,
): JsonFields {
  const problem = (name: string | null, what: string): FileProblem => {
    const full = name === null ? path : [...path, name];
    const label = full.length === 0 ? '' : ` ${plainText(full.join('.'), 120)}:`;
    return new FileProblem(`:${lineOf(text, full)}${label} ${what}`);
  };
  const own = (name: string): unknown => (Object.hasOwn(object, name) ? object[name] : undefined);
  return {
    has: (name) => own(name) !== undefined,
    problem,
    number(name, least, most) {
      const value = own(name) ?? null;
      if (value === null) return null;
      if (typeof value !== 'number' || !(value >= least && value <= most))
        throw problem(name, `${shown(value)}; a number from ${least} to ${most} is expected`);
      return value;
    },
    object(name) {
      const value = own(name) ?? null;
      if (value === null) return null;
      if (!isObject(value)) throw problem(name, `${shown(value)}; an object is expected`);
      return fieldsOf(value, [...path, name], text);
    },
    instant(name) {
      const value = own(name) ?? null;
      if (value === null) return null;
      const atMs = typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) : NaN;
      if (!Number.isFinite(atMs))
        throw problem(name, `${shown(value)}; an instant such as 2026-01-05T10:00:00Z is expected`);
      return atMs;
    },
  };
}

/** `"85"` is text, 130 is a number: what was found, so that a person finds it too. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return `"${plainText(value, 60)}" is text`;
  if (Array.isArray(value)) return 'is a list';
  return typeof value === 'object' && value !== null ? 'is an object' : `${String(value)} is given`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The line on which the path's keys, one after the other, have been seen. */
function lineOf(text: string, path: readonly string[]): number {
  let at = 0;
  for (const key of path) at = Math.max(at, text.indexOf(JSON.stringify(key), at));
  let line = 1;
  for (let next = text.indexOf('\n'); next !== -1 && next < at; next = text.indexOf('\n', next + 1))
    line += 1;
  return line;
}
