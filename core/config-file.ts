import { readFile } from 'node:fs/promises';

import { isMap, isScalar, LineCounter, parseDocument, type Document, type Node } from 'yaml';
import type { z } from 'zod';

import { configSchema, type Config } from '../shared/contract/config.ts';

/** One thing wrong with `config.yaml`, written for the person who will mend it. */
export interface ConfigProblem {
  /** `config.yaml:14:9 projects[0].profile: "bussiness" is not one of business, ml, infrastructure` */
  readonly text: string;
  readonly line: number | null;
  readonly key: string | null;
}

export type ConfigResult =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problems: readonly ConfigProblem[] };

const MAX_SIZE_BYTES = 1024 * 1024;

/** Reads and checks the file; a file that is not there is an empty one. Never throws for its content. */
export async function readConfig(configPath: string): Promise<ConfigResult> {
  let text: string;
  try {
    text = await readFile(configPath, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return parseConfig('');
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    return failed(`config.yaml cannot be read: ${reason}`);
  }
  return parseConfig(text);
}

/** Text of a `config.yaml` -> settings with every default filled in, or all its problems at once. */
export function parseConfig(text: string): ConfigResult {
  if (Buffer.byteLength(text) > MAX_SIZE_BYTES) return failed('config.yaml is larger than 1 MB');
  const lines = new LineCounter();
  const document = parseDocument(text.replace(/^\uFEFF/, ''), { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    return {
      ok: false,
      problems: document.errors.map((error) => {
        const at = lines.linePos(error.pos[0]);
        return { text: `config.yaml:${at.line}:${at.col} ${error.message}`, line: at.line, key: null };
      }),
    };
  }
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 50 });
  } catch (error) {
    return failed(`config.yaml: ${(error as Error).message}`);
  }
  if (typeof value === 'object' && value !== null) delete (value as Record<string, unknown>)['$schema'];
  const parsed = configSchema.safeParse(value ?? {}, { reportInput: true });
  if (!parsed.success) {
    return {
      ok: false,
      problems: parsed.error.issues.flatMap((issue) => problemsOf(issue, document, lines)),
    };
  }
  const twice = duplicateProject(parsed.data);
  if (twice !== null) {
    return failed(
      `config.yaml projects[${twice}].id: two projects are called "${parsed.data.projects[twice]?.id ?? ''}"`,
    );
  }
  return { ok: true, config: parsed.data };
}

function failed(text: string): ConfigResult {
  return { ok: false, problems: [{ text, line: null, key: null }] };
}

function duplicateProject(config: Config): number | null {
  const seen = new Set<string>(['infrastructure']);
  for (const [index, project] of config.projects.entries()) {
    if (seen.has(project.id)) return index;
    seen.add(project.id);
  }
  return null;
}

function problemsOf(issue: z.core.$ZodIssue, document: Document, lines: LineCounter): ConfigProblem[] {
  const paths =
    issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
  return paths.map((path) => {
    const at = position(path, document, lines);
    const where = at === null ? 'config.yaml' : `config.yaml:${at.line}:${at.col}`;
    const key = keyText(path);
    return { text: `${where} ${key}: ${sentence(issue)}`, line: at?.line ?? null, key };
  });
}

/** "projects[0].profile". */
function keyText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');
}

/** What was found and what is allowed. */
function sentence(issue: z.core.$ZodIssue): string {
  const found = issue.input === undefined ? 'nothing' : JSON.stringify(issue.input).slice(0, 60);
  switch (issue.code) {
    case 'invalid_value':
      return `${found} is not one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_type':
      return issue.input === undefined
        ? `is missing, ${article(issue.expected)} is needed`
        : `${found} is not ${article(issue.expected)}`;
    case 'too_small':
      return `${found} is below the least allowed, ${String(issue.minimum)}`;
    case 'too_big':
      return `${found} is above the most allowed, ${String(issue.maximum)}`;
    case 'unrecognized_keys':
      return 'no such setting (run `orch config schema` for the list)';
    case 'custom':
      // The rule looked at the whole group, which would say nothing here.
      return typeof issue.input === 'object' ? issue.message : `${found} ${issue.message}`;
    case 'invalid_key':
      return `${found} ${issue.issues[0]?.message ?? 'is no name'}`;
    default:
      return `${found} ${issue.message}`;
  }
}

function article(kind: string): string {
  const word =
    { array: 'list', object: 'group of settings', int: 'whole number', string: 'text' }[kind] ?? kind;
  return word === 'text' ? word : `a ${word}`;
}

/** Line and column of the key, or of the nearest parent that is there. */
function position(
  path: readonly PropertyKey[],
  document: Document,
  lines: LineCounter,
): { line: number; col: number } | null {
  for (let length = path.length; length >= 0; length -= 1) {
    const keys = path.slice(0, length);
    const node = length === 0 ? document.contents : (document.getIn(keys, true) as Node | undefined);
    const offset = keyOffset(document, keys) ?? node?.range?.[0];
    if (offset !== undefined) return lines.linePos(offset);
  }
  return null;
}

function keyOffset(document: Document, keys: readonly PropertyKey[]): number | null {
  const parent = keys.length <= 1 ? document.contents : document.getIn(keys.slice(0, -1), true);
  if (!isMap(parent)) return null;
  const pair = parent.items.find((item) => isScalar(item.key) && item.key.value === keys.at(-1));
  return isScalar(pair?.key) ? (pair.key.range?.[0] ?? null) : null;
}
