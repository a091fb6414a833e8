import { FileProblem } from '../projects/file-problem.ts';
import { plainText } from '../projects/plain-text.ts';

/** A start or end tag. Text between tags is passed over. */
export type XmlTag =
  | {
      readonly kind: 'start';
      readonly name: string;
      /** As written: entities are checked, never expanded. */
      readonly attributes: ReadonlyMap<string, string>;
      readonly line: number;
    }
  | { readonly kind: 'end'; readonly name: string; readonly line: number };

/** Test results nest suites a few deep; what nests deeper is made to exhaust a reader. */
const DEEPEST = 64;
const MOST_ATTRIBUTES = 64;
const NAME = /[A-Za-z_:][\w:.-]*/y;
const SPACE = /[ \t\r\n]*/y;
const ATTRIBUTE = /([A-Za-z_:][\w:.-]*)[ \t\r\n]*=[ \t\r\n]*(?:"([^"<]*)"|'([^'<]*)')/y;
/** The five that XML knows by itself, and characters by number. Others need a DTD, which is refused. */
const BAD_ENTITY = /&(?!(?:lt|gt|amp|quot|apos|#\d{1,7}|#x[0-9A-Fa-f]{1,6});)/;

/**
 * The tags of an XML text, in order: well-formed, one root, nothing expanded. A document type is refused, and with
 * it every entity that could grow. Throws a FileProblem; one whose text ends too early may be half-written.
 */
export function* xmlTags(text: string): Generator<XmlTag, void> {
  const open: string[] = [];
  const lines = lineCounter(text);
  let at = 0;
  let hasRoot = false;
  for (;;) {
    const tagAt = text.indexOf('<', at);
    const between = text.slice(at, tagAt === -1 ? text.length : tagAt);
    if (open.length === 0 && between.trim() !== '')
      throw new FileProblem(`:${lines(at)} text stands outside the first element; XML is expected`, true);
    if (tagAt === -1) break;
    const line = lines(tagAt);
    const jump = skipped(text, tagAt, line);
    if (jump !== null) {
      at = jump;
      continue;
    }
    if (text[tagAt + 1] === '/') {
      const name = matched(NAME, text, tagAt + 2)?.[0] ?? '';
      const endAt = after(SPACE, text, tagAt + 2 + name.length);
      if (text[endAt] !== '>') throw broken(text, endAt, line, `</${name}`);
      const expected = open.pop();
      if (expected !== name)
        throw new FileProblem(
          `:${line} </${plainText(name, 40)}> closes ${expected === undefined ? 'nothing' : `<${plainText(expected, 40)}>`}`,
        );
      at = endAt + 1;
      yield { kind: 'end', name, line };
      continue;
    }
    const { name, attributes, endAt, isEmpty } = startTag(text, tagAt, line);
    if (open.length === 0 && hasRoot)
      throw new FileProblem(`:${line} <${plainText(name, 40)}> follows after the end`);
    hasRoot = true;
    at = endAt;
    yield { kind: 'start', name, attributes, line };
    if (isEmpty) yield { kind: 'end', name, line };
    else open.push(name);
    if (open.length > DEEPEST) throw new FileProblem(`:${line} nests deeper than ${DEEPEST} elements`);
  }
  const unclosed = open.at(-1);
  if (unclosed !== undefined)
    throw new FileProblem(`:${lines(text.length)} the file ends inside <${plainText(unclosed, 40)}>`, true);
  if (!hasRoot) throw new FileProblem(':1 the file is empty', true);
}

/** The end of a comment, a CDATA section or a processing instruction that begins here; null for a tag. */
function skipped(text: string, at: number, line: number): number | null {
  const kinds = [
    ['<!--', '-->', 'a comment'],
    ['<![CDATA[', ']]>', 'a CDATA section'],
    ['<?', '?>', 'a declaration'],
  ] as const;
  for (const [begin, end, what] of kinds) {
    if (!text.startsWith(begin, at)) continue;
    const endAt = text.indexOf(end, at + begin.length);
    if (endAt === -1) throw new FileProblem(`:${line} the file ends inside ${what}`, true);
    return endAt + end.length;
  }
  if (text.startsWith('<!', at))
    throw new FileProblem(`:${line} a document type or its entities are not read`);
  return null;
}

function startTag(
  text: string,
  tagAt: number,
  line: number,
): {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly endAt: number;
  readonly isEmpty: boolean;
} {
  const name = matched(NAME, text, tagAt + 1)?.[0];
  if (name === undefined) throw broken(text, tagAt + 1, line, '<');
  const attributes = new Map<string, string>();
  let at = tagAt + 1 + name.length;
  for (;;) {
    const next = after(SPACE, text, at);
    if (text[next] === '>') return { name, attributes, endAt: next + 1, isEmpty: false };
    if (text.startsWith('/>', next)) return { name, attributes, endAt: next + 2, isEmpty: true };
    const found = next === at ? null : matched(ATTRIBUTE, text, next);
    if (found === null) throw broken(text, next, line, `<${name}`);
    const [whole, key = '', double, single] = found;
    const value = double ?? single ?? '';
    if (attributes.has(key))
      throw new FileProblem(`:${line} <${plainText(name, 40)}> gives ${plainText(key, 40)} twice`);
    if (attributes.size === MOST_ATTRIBUTES)
      throw new FileProblem(`:${line} <${plainText(name, 40)}> has more than ${MOST_ATTRIBUTES} attributes`);
    if (BAD_ENTITY.test(value))
      throw new FileProblem(`:${line} ${plainText(key, 40)} holds an entity that is not known`);
    attributes.set(key, value);
    at = next + whole.length;
  }
}

function broken(text: string, at: number, line: number, tag: string): FileProblem {
  if (at >= text.length || (text[at] !== undefined && !text.includes('>', at)))
    return new FileProblem(`:${line} the file ends inside ${plainText(tag, 40)}`, true);
  return new FileProblem(
    `:${line} ${plainText(tag, 40)}: "${plainText(text.slice(at, at + 20), 20)}" is no XML`,
  );
}

function matched(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function after(pattern: RegExp, text: string, at: number): number {
  return at + (matched(pattern, text, at)?.[0].length ?? 0);
}

/** The line of a place; places are asked for in order, and no newline is looked for twice. */
function lineCounter(text: string): (at: number) => number {
  let line = 1;
  let newline = text.indexOf('\n');
  return (at) => {
    while (newline !== -1 && newline < at) {
      line += 1;
      newline = text.indexOf('\n', newline + 1);
    }
    return line;
  };
}
