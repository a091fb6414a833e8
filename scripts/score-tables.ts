import type { Ages } from '../shared/consciousness/evidence-inputs.ts';
import { LEAST_APPLICABLE, SCORE_FORMULAS } from '../shared/consciousness/score-formulas.ts';
import { MIN_CONFIDENCE } from '../shared/consciousness/score.ts';

export const TABLES_BEGIN = '<!-- score tables: node scripts/write-pages.ts writes them -->';
export const TABLES_END = '<!-- end of score tables -->';

/** The page with its score tables made anew. Throws when it has no place for them. */
export function withScoreTables(page: string): string {
  const begin = page.indexOf(TABLES_BEGIN);
  const end = page.indexOf(TABLES_END);
  if (begin === -1 || end < begin) throw new Error('docs/consciousness.md has no place for the score tables');
  return `${page.slice(0, begin + TABLES_BEGIN.length)}\n\n${scoreTables()}\n\n${page.slice(end)}`;
}

/** One list a score, from the table that the scores are computed by. */
function scoreTables(): string {
  const parts = SCORE_FORMULAS.map((formula) => {
    const sum =
      formula.kind === 'losses' ? '100 less what each input lost.' : 'The weighted mean of what has data.';
    const lines = formula.groups.flatMap(({ name, weight, inputs }) => {
      const [only] = inputs;
      if (inputs.length === 1 && only !== undefined)
        return [`- **${name}**, weight ${weight}: ${only.what}${agesText(only.ages)}`];
      return [
        `- **${name}**, weight ${weight}:`,
        ...inputs.map(
          ({ measure, share, what, ages }) => `  - ${measure}, ${share}: ${what}${agesText(ages)}`,
        ),
      ];
    });
    return [`### \`${formula.score}\` (${formula.profile})`, '', sum, '', ...lines].join('\n');
  });
  return [
    `A score needs ${MIN_CONFIDENCE * 100} % of the weight that applies to have data, and ${LEAST_APPLICABLE * 100} % of its table to apply.`,
    ...parts,
  ].join('\n\n');
}

function agesText({ freshMs, keptMs }: Ages): string {
  return freshMs === keptMs
    ? '. Read as it is now.'
    : `. Fresh for ${span(freshMs)}, used for ${span(keptMs)}.`;
}

function span(ms: number): string {
  const days = ms / 86_400_000;
  if (days === 1) return 'a day';
  return days > 1 ? `${days} days` : `${ms / 60_000} minutes`;
}
