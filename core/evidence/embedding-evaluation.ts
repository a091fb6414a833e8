import { createRetrievalTally, type RetrievalQuality } from '../../shared/consciousness/retrieval-quality.ts';
import { FileProblem } from '../projects/file-problem.ts';
import { plainText } from '../projects/plain-text.ts';
import type { EvidenceReader } from './evidence-file.ts';
import { linesOf, type Sliced } from './sliced.ts';

const LIMIT_BYTES = 16 * 1024 * 1024;
const LINES_A_SLICE = 200;
const MOST_IDS = 10_000;

/**
 * An evaluation of a search, one object a line: `{"query": "...", "relevant": [ids], "retrieved": [ids, best
 * first]}`. Ids are texts or whole numbers. `k` is how many results are looked at.
 */
export function embeddingReader(k: number): EvidenceReader<RetrievalQuality> {
  return {
    limitBytes: LIMIT_BYTES,
    *parse(text): Sliced<RetrievalQuality> {
      const tally = createRetrievalTally(k);
      const lines = linesOf(text);
      for (const [line, number] of lines) {
        if (number % LINES_A_SLICE === 0) yield;
        if (line.trim() === '') continue;
        const isLast = !text.includes('\n', text.length - 1) && text.endsWith(line);
        const search = searchOf(line, number, isLast);
        tally.add({ relevant: new Set(search.relevant), retrieved: [...new Set(search.retrieved)] });
      }
      const quality = tally.quality();
      if (quality === null) throw new FileProblem(':1 the file holds no search', true);
      return quality;
    },
  };
}

function searchOf(
  line: string,
  number: number,
  isLast: boolean,
): { readonly relevant: readonly string[]; readonly retrieved: readonly string[] } {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    const what = `:${number} "${plainText(line, 40)}" is not one object in JSON`;
    throw new FileProblem(isLast ? `${what}, the file may end too early` : what, isLast);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new FileProblem(`:${number} is not an object with query, relevant and retrieved`);
  const fields = value as Record<string, unknown>;
  if (typeof fields['query'] !== 'string' || fields['query'] === '')
    throw new FileProblem(`:${number} query: a text is expected`);
  const relevant = ids(fields['relevant'], 'relevant', number);
  if (relevant.length === 0)
    throw new FileProblem(`:${number} relevant: is empty; without a right answer nothing can be measured`);
  return { relevant, retrieved: ids(fields['retrieved'], 'retrieved', number) };
}

function ids(value: unknown, field: string, number: number): readonly string[] {
  if (!Array.isArray(value)) throw new FileProblem(`:${number} ${field}: a list of ids is expected`);
  if (value.length > MOST_IDS)
    throw new FileProblem(`:${number} ${field}: ${value.length} ids, at most ${MOST_IDS} are read`);
  return value.map((id: unknown, at) => {
    if (typeof id === 'string' && id !== '') return id;
    if (typeof id === 'number' && Number.isSafeInteger(id)) return String(id);
    throw new FileProblem(`:${number} ${field}[${at}]: a text or a whole number is expected`);
  });
}
