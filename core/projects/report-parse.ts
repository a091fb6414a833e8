import type { ParsedReport } from '../../shared/consciousness/evidence.ts';
import { reportSchema } from '../../shared/contract/report.ts';
import { HEALTH_MODES, type HealthMode } from '../../shared/contract/vocabulary.ts';
import { FileProblem } from './file-problem.ts';
import { scanJson, type JsonScan } from './json-scan.ts';
import { plainText } from './plain-text.ts';
import { USUAL_REPORT, type ReportExpectation } from './report-expectation.ts';

/** A report with many scores is kept; one with thousands is not shown. */
const MOST_SCORES = 64;

/** A field as a path and what was found there. */
class Field {
  readonly path: string;
  readonly value: unknown;

  constructor(path: string, value: unknown) {
    this.path = path;
    this.value = value;
  }
}

/**
 * Reads either form of `.consciousness_report.json` (contract). Throws a FileProblem that names line and field
 * and says what is allowed: one bad field makes the whole report unusable, because half a report would pass
 * for a better one.
 */
export function parseReport(
  text: string,
  fileChangedAtMs: number,
  expects: ReportExpectation = USUAL_REPORT,
): ParsedReport {
  const scan = scanJson(text);
  if (scan.fault !== null) {
    const { line, column, message } = scan.fault;
    throw new FileProblem(`:${line}:${column} ${plainText(message, 200)}`, true);
  }
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new FileProblem(':1 is not an object; {"integration":70,...} or {"scores":{...}} is expected');
  const fields = withoutPrototype(value as Record<string, unknown>);
  const refuse = (field: Field, allowed: string): never => {
    const line = scan.lineOf(field.path) ?? 1;
    throw new FileProblem(
      `:${line} ${plainText(field.path, 80)}: ${shown(field.value)}; ${allowed} is expected`,
    );
  };
  const found = { fields, fileChangedAtMs, expects };
  return 'scores' in fields ? fullReport(found, refuse) : flatReport(found, refuse, scan);
}

type Refuse = (field: Field, allowed: string) => never;

interface FoundReport {
  readonly fields: Record<string, unknown>;
  readonly fileChangedAtMs: number;
  readonly expects: ReportExpectation;
}

function fullReport({ fields, fileChangedAtMs, expects }: FoundReport, refuse: Refuse): ParsedReport {
  const at = (name: string): Field => new Field(name, fields[name]);
  if ((fields['schemaVersion'] ?? 1) !== 1) refuse(at('schemaVersion'), 'the number 1');
  const { scores } = fields;
  if (typeof scores !== 'object' || scores === null || Array.isArray(scores))
    refuse(at('scores'), 'an object of scores');
  const generatedAtMs = instant(at('generatedAt'), refuse);
  return {
    form: 'full',
    project: text(at('project'), 200, refuse),
    profile: oneOf(at('profile'), expects.profiles, refuse),
    generatedAtMs: generatedAtMs ?? fileChangedAtMs,
    ageFrom: generatedAtMs === null ? 'file-time' : 'generatedAt',
    fileChangedAtMs,
    commit: text(at('commit'), 64, refuse),
    generator: text(at('generator'), 200, refuse),
    scores: scoresOf(withoutPrototype(scores as Record<string, unknown>), 'scores.', expects, refuse),
    mode: mode(at('mode'), refuse),
    confidence: confidence(at('confidence'), refuse),
    fields,
  };
}

function flatReport(
  { fields, fileChangedAtMs, expects }: FoundReport,
  refuse: Refuse,
  scan: JsonScan,
): ParsedReport {
  const names = expects.scores.filter((name) => name in fields);
  if (names.length === 0 && !('mode' in fields))
    throw new FileProblem(
      `:${scan.lineOf('schemaVersion') ?? 1} holds no score; "scores" or one of ${expects.scores.join(', ')} is expected`,
    );
  const found = Object.fromEntries(names.map((name) => [name, fields[name]]));
  return {
    form: 'flat',
    project: null,
    profile: null,
    generatedAtMs: fileChangedAtMs,
    ageFrom: 'file-time',
    fileChangedAtMs,
    commit: null,
    generator: null,
    scores: scoresOf(found, '', expects, refuse),
    mode: mode(new Field('mode', fields['mode']), refuse),
    confidence: null,
    fields,
  };
}

function scoresOf(
  found: Record<string, unknown>,
  prefix: string,
  expects: ReportExpectation,
  refuse: Refuse,
): Record<string, number | string | null> {
  const scores: [string, number | string | null][] = [];
  for (const [name, value] of Object.entries(found)) {
    const isNumeric = expects.scores.includes(name);
    if (isNumeric && value !== null && !isWithin(value, 0, 100))
      refuse(new Field(`${prefix}${name}`, value), 'a number from 0 to 100');
    if (value === null || typeof value === 'number') scores.push([plainText(name, 80), value]);
    else if (typeof value === 'string') scores.push([plainText(name, 80), plainText(value, 200)]);
  }
  return Object.fromEntries(scores.slice(0, MOST_SCORES));
}

function mode(field: Field, refuse: Refuse): HealthMode | null {
  if (field.value === undefined || field.value === null) return null;
  const said = typeof field.value === 'string' ? field.value.trim().toUpperCase() : null;
  return HEALTH_MODES.find((known) => known === said) ?? refuse(field, `one of ${HEALTH_MODES.join(', ')}`);
}

function confidence(field: Field, refuse: Refuse): number | null {
  if (field.value === undefined || field.value === null) return null;
  return isWithin(field.value, 0, 1) ? field.value : refuse(field, 'a number from 0 to 1');
}

function instant(field: Field, refuse: Refuse): number | null {
  if (field.value === undefined || field.value === null) return null;
  const parsed = reportSchema.shape.generatedAt.safeParse(field.value);
  const atMs = parsed.success ? Date.parse(parsed.data) : Number.NaN;
  return Number.isFinite(atMs) ? atMs : refuse(field, 'an instant such as 2026-01-05T10:00:00Z');
}

function text(field: Field, longest: number, refuse: Refuse): string | null {
  if (field.value === undefined || field.value === null) return null;
  return typeof field.value === 'string' ? plainText(field.value, longest) : refuse(field, 'text');
}

function oneOf<T extends string>(field: Field, allowed: readonly T[], refuse: Refuse): T | null {
  if (field.value === undefined || field.value === null) return null;
  return allowed.find((known) => known === field.value) ?? refuse(field, `one of ${allowed.join(', ')}`);
}

function isWithin(value: unknown, least: number, most: number): value is number {
  return typeof value === 'number' && value >= least && value <= most;
}

/** `"85"` is text, 130 is a number: what was found, so that a person finds it too. */
function shown(value: unknown): string {
  if (typeof value === 'string') return `"${plainText(value, 60)}" is text`;
  if (Array.isArray(value)) return 'is a list';
  return typeof value === 'object' && value !== null ? 'is an object' : `${String(value)} is given`;
}

/** A field called `__proto__` is dropped: copied carelessly, it would become the prototype. */
function withoutPrototype(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== '__proto__'));
}
