import { FileProblem } from '../projects/file-problem.ts';
import { jsonFields } from './json-fields.ts';
import { LCOV_LIMIT_BYTES, parseLcov, type Coverage } from './lcov.ts';
import type { EvidenceReader } from './evidence-file.ts';
import type { Sliced } from './sliced.ts';

/**
 * The `json-summary` of Istanbul, nyc, c8 and Vitest: `total.lines.total` and `.covered`. The percentage beside
 * them is rounded, and a word where there is nothing to cover; the counts are what counts.
 */
export function parseCoverageSummary(text: string): Coverage {
  const fields = jsonFields(text);
  const lines = fields.object('total')?.object('lines') ?? null;
  if (lines === null) throw fields.problem(null, 'holds no total.lines; a coverage summary is expected');
  const linesFound = lines.number('total', 0, 1e9);
  const linesHit = lines.number('covered', 0, 1e9);
  if (linesFound === null || linesHit === null)
    throw lines.problem(null, 'needs the numbers total and covered');
  if (linesHit > linesFound)
    throw lines.problem('covered', `${linesHit} is more than the ${linesFound} there are`);
  if (linesFound === 0) throw lines.problem('total', 'there is no line that can be covered');
  return { linesFound, linesHit };
}

/** A summary of many files is parsed in one go, so it may be no larger than what that takes. */
const SUMMARY_LIMIT_BYTES = 2 * 1024 * 1024;

/** Either form, told apart by how the text begins. */
export const coverageReader: EvidenceReader<Coverage> = {
  limitBytes: LCOV_LIMIT_BYTES,
  *parse(text): Sliced<Coverage> {
    if (!/^\s*[{[]/.test(text.slice(0, 200))) return yield* parseLcov(text);
    if (text.length > SUMMARY_LIMIT_BYTES)
      throw new FileProblem(
        `is too large: ${text.length} characters, at most ${SUMMARY_LIMIT_BYTES} of a summary are read`,
      );
    return parseCoverageSummary(text);
  },
};
