import { PATH_RULES, type PathKind } from './path-rules.ts';

/** What runs, wherever it lies: a script under `docs/` is code. */
const RUNS =
  /\.(?:[cm]?[jt]sx?|py|rb|go|rs|java|kts?|swift|c|cc|cpp|h|hpp|cs|php|pl|sh|bash|ps1|lua|exs?|scala)$/i;
const DOCS_FOLDERS = /(?:^|\/)(?:docs?|documentation|man|manual|examples?\/docs)\//i;

/** A changed path, "/" or "\" between folders, as git prints it. Case does not matter. */
export function pathKind(path: string): PathKind {
  const tidy = path
    .trim()
    .replaceAll('\\', '/')
    .replace(/^(?:\.\/)+/, '')
    .replace(/^\/+/, '');
  const lower = tidy.toLowerCase();
  const segments = lower.split('/');
  const name = segments.at(-1) ?? '';
  const folders = segments.slice(0, -1);
  for (const rule of PATH_RULES) {
    if (rule.starts?.some((start) => lower.startsWith(start)) === true) return rule.kind;
    if (rule.folders?.some((folder) => folders.includes(folder)) === true) return rule.kind;
    if (rule.names?.some((pattern) => fits(name, pattern.toLowerCase())) === true) return rule.kind;
  }
  if (DOCS_FOLDERS.test(lower) && !RUNS.test(name)) return 'docs';
  return 'code';
}

/** Whether a file is one that no safe change may touch. */
export function isGuarded(kind: PathKind): boolean {
  return kind !== 'docs' && kind !== 'test' && kind !== 'code';
}

/** `*` in the pattern is any text; `[1-9]` one digit, for manual pages. */
function fits(name: string, pattern: string): boolean {
  if (pattern.endsWith('[1-9]')) return /^.+\.[1-9]$/.test(name);
  const star = pattern.indexOf('*');
  if (star === -1) return name === pattern;
  const head = pattern.slice(0, star);
  const rest = pattern.slice(star + 1);
  if (name.length < head.length + rest.replaceAll('*', '').length || !name.startsWith(head)) return false;
  if (!rest.includes('*')) return name.endsWith(rest);
  for (let from = head.length; from <= name.length; from += 1) if (fits(name.slice(from), rest)) return true;
  return false;
}
