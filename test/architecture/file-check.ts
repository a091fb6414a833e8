/** Names that say nothing about what is inside. */
const EMPTY_NAMES = ['utils', 'util', 'helpers', 'helper', 'common', 'misc', 'types', 'constants', 'manager'];

/** Above this a file needs a reason. */
export const SMELL_LINES = 300;
/** Above this no reason helps. */
export const LIMIT_LINES = 400;

/** What is wrong with the name of a source file; null when nothing is. */
export function nameComplaint(path: string): string | null {
  const parts = path.split('/');
  const file = parts.at(-1) ?? '';
  const stem = file.replace(/(\.test|\.d)?\.tsx?$/, '');
  const folders = parts.slice(0, -1);
  const component = /\.tsx$/.test(file) && /^[A-Z][A-Za-z0-9]*$/.test(stem);
  if (!component && !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)?$/.test(stem)) {
    return `${path}: kebab-case, or PascalCase for a React component (.tsx)`;
  }
  const empty = [...folders, stem].find((name) => name.split('-').some((word) => EMPTY_NAMES.includes(word)));
  return empty === undefined ? null : `${path}: "${empty}" says nothing about what is inside`;
}

/** How many lines a text has; a closing newline opens no line. */
export function lineCount(text: string): number {
  return text === '' ? 0 : text.replace(/\n$/, '').split('\n').length;
}

/** What is wrong with the size of a file. `allowed` maps a path to the reason it may be over the smell line. */
export function sizeComplaint(
  path: string,
  lines: number,
  allowed: Readonly<Record<string, string>>,
): string | null {
  if (lines > LIMIT_LINES) return `${path}: ${lines} lines, never more than ${LIMIT_LINES}`;
  if (lines <= SMELL_LINES) return null;
  const reason = allowed[path] ?? '';
  return reason.length >= 20 ? null : `${path}: ${lines} lines, over ${SMELL_LINES} without a stated reason`;
}
