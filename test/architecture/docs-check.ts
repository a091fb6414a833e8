import { posix } from 'node:path';

/** The anchor a Markdown viewer gives a heading: lower case, no punctuation, hyphens for spaces. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');
}

/** Text without its code: what stands there is no link and no heading. */
export function withoutCode(text: string): string {
  return text.replace(/^```[^]*?^```/gm, '').replace(/`[^`\n]*`/g, '');
}

/**
 * Relative links that lead nowhere, as sentences.
 * @param read the text of a file, null when it does not exist; a folder reads as "".
 */
export function deadLinks(path: string, text: string, read: (path: string) => string | null): string[] {
  const targets = [...withoutCode(text).matchAll(/\]\(([^)\s]+)(?:\s+"[^"]*")?\)/g)].map(
    (match) => match[1] ?? '',
  );
  return targets.flatMap((target) => {
    if (/^[a-z]+:/.test(target)) return [];
    const [file = '', anchor] = target.split('#');
    const wanted = file === '' ? path : posix.join(posix.dirname(path), file);
    const found = read(wanted);
    if (found === null) return [`${path}: ${target} does not exist`];
    if (anchor === undefined || !wanted.endsWith('.md')) return [];
    const anchors = [...found.matchAll(/^#{1,6} (.*)$/gm)].map((match) => anchorOf(match[1] ?? ''));
    return anchors.includes(anchor) ? [] : [`${path}: ${target} has no such heading`];
  });
}

/** The first column of the first table whose header begins with `head`, without back-ticks. */
export function tableColumn(text: string, head: string): string[] {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => new RegExp(`^\\|\\s*${head}\\s*\\|`).test(line));
  if (start < 0) return [];
  const rows = lines.slice(start + 2);
  const end = rows.findIndex((line) => !line.startsWith('|'));
  return rows
    .slice(0, end < 0 ? rows.length : end)
    .map((line) => (line.split('|')[1] ?? '').replaceAll('`', '').trim());
}
