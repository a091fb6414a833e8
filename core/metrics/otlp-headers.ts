import { readPrivateText } from './private-text.ts';

/** A header's name and value as HTTP takes them (RFC 9110, 5.1 and 5.5). */
const LINE = /^([!#$%&'*+.^_`|~\w-]{1,100}):[ \t]*([\x21-\x7e](?:[\t\x20-\x7e]*[\x21-\x7e])?)[ \t]*$/;

/**
 * The headers of a file, one `Name: value` a line; empty lines and those that begin with # are left aside.
 *
 * @throws Error in words that name file and line, never the value
 */
export async function readHeaders(path: string | null): Promise<Record<string, string>> {
  if (path === null) return {};
  const text = await readPrivateText(path);
  if (text === null) throw new Error(`${path} is not there`);
  const headers: Record<string, string> = {};
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const [, name, value] = LINE.exec(line) ?? [];
    if (name === undefined || value === undefined)
      throw new Error(`${path}:${index + 1} must read "Name: value"`);
    headers[name] = value;
  }
  return headers;
}
