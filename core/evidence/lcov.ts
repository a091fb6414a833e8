import { FileProblem } from '../projects/file-problem.ts';
import { plainText } from '../projects/plain-text.ts';
import { linesOf, type Sliced } from './sliced.ts';

/** Lines that can be covered and lines that were. */
export interface Coverage {
  readonly linesFound: number;
  readonly linesHit: number;
}

/** Tracefiles of a large program have a few megabytes. */
export const LCOV_LIMIT_BYTES = 16 * 1024 * 1024;
const LINES_A_SLICE = 4000;

interface SourceFile {
  /** Hits by line number, over all tests. */
  readonly hits: Map<number, boolean>;
  /** As summed up by LF and LH, where no line is listed. */
  found: number | null;
  hit: number | null;
}

/**
 * An lcov tracefile (geninfo(1)): `SF:` to `end_of_record`, lines as `DA:line,hits`. A source that comes in several
 * records (one a test) counts once, a line as hit when any record hit it. Record types that say nothing about
 * lines are passed over. Throws a FileProblem.
 */
export function* parseLcov(text: string): Sliced<Coverage> {
  const sources = new Map<string, SourceFile>();
  let current: SourceFile | null = null;
  let lastLine = 1;
  for (const [raw, number] of linesOf(text)) {
    if (number % LINES_A_SLICE === 0) yield;
    lastLine = number;
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    if (line === 'end_of_record') {
      current = null;
      continue;
    }
    const colon = line.indexOf(':');
    const type = line.slice(0, Math.max(0, colon));
    if (!/^[A-Z]{2,8}$/.test(type))
      throw new FileProblem(`:${number} "${plainText(line, 40)}" is no line of a tracefile`);
    const value = line.slice(colon + 1);
    if (type === 'SF') {
      current = sources.get(value) ?? { hits: new Map(), found: null, hit: null };
      sources.set(value, current);
      continue;
    }
    if (type !== 'DA' && type !== 'LF' && type !== 'LH') continue;
    if (current === null) throw new FileProblem(`:${number} ${type}: stands before any SF`);
    if (type === 'DA') addLine(current, value, number);
    else if (type === 'LF') current.found = count(value, type, number);
    else current.hit = count(value, type, number);
  }
  if (current !== null) throw new FileProblem(`:${lastLine} the file ends before end_of_record`, true);
  const sum = { linesFound: 0, linesHit: 0 };
  for (const [name, source] of sources) addSource(sum, name, source);
  if (sum.linesFound === 0) throw new FileProblem(':1 lists no line that can be covered');
  return sum;
}

function addLine(source: SourceFile, value: string, number: number): void {
  const [line, hits] = value.split(',', 2);
  const lineNumber = count(line ?? '', 'DA', number);
  const isHit = count(hits ?? '', 'DA', number) > 0;
  source.hits.set(lineNumber, isHit || source.hits.get(lineNumber) === true);
}

function addSource(
  sum: { linesFound: number; linesHit: number },
  name: string,
  { hits, found, hit }: SourceFile,
): void {
  if (hits.size > 0) {
    sum.linesFound += hits.size;
    for (const isHit of hits.values()) if (isHit) sum.linesHit += 1;
    return;
  }
  if (found !== null && hit !== null && hit > found)
    throw new FileProblem(`:1 ${plainText(name, 120)}: LH ${hit} is more than LF ${found}`);
  sum.linesFound += found ?? 0;
  sum.linesHit += found === null ? 0 : (hit ?? 0);
}

function count(text: string, type: string, number: number): number {
  if (!/^\d{1,20}$/.test(text))
    throw new FileProblem(`:${number} ${type}: "${plainText(text, 40)}"; a whole number from 0 is expected`);
  return Number(text);
}
