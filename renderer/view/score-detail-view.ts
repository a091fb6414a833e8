import type { ScoreDetail } from '../../shared/contract/state.ts';
import { ageText, percentText } from '../../shared/view/quantities.ts';
import type { Words } from '../words/words.ts';
import { plainText, spacedWords } from './plain-text.ts';

export interface ScoreInputView {
  readonly name: string;
  readonly value: string;
  readonly hasData: boolean;
  /** "counts 50 % · read 4 min ago · reports/junit.xml". */
  readonly facts: string;
  readonly detail: string | null;
  readonly problem: string | null;
}

export interface ScoreDetailView {
  /** "measured · 80 % of its evidence at hand · oldest evidence 4 min ago". */
  readonly basis: string;
  /** "up 4 since the last day on record, mostly tests (+6)"; null where there is no earlier day. */
  readonly change: string | null;
  readonly inputs: readonly ScoreInputView[];
}

/** How a score came about. `sinceSeconds`: since the core told of it. */
export function scoreDetailView(detail: ScoreDetail, sinceSeconds: number, words: Words): ScoreDetailView {
  const { scores } = words.page;
  const age = detail.ageSeconds === null ? [] : [scores.age(ageText(detail.ageSeconds + sinceSeconds))];
  const confidence =
    detail.source === 'measured' ? [scores.confidence(percentText(detail.confidence * 100))] : [];
  return {
    basis: [scores.sources[detail.source], ...confidence, ...age].join(' · '),
    change: changeText(detail, words),
    inputs: detail.inputs.map((input) => {
      const read = input.ageSeconds === null ? [] : [scores.read(ageText(input.ageSeconds + sinceSeconds))];
      return {
        name: sentenceCase(spacedWords(input.name)),
        value: input.value === null ? words.projects.noData : String(Math.floor(input.value)),
        hasData: input.value !== null,
        facts: [scores.weight(percentText(input.weightPercent)), ...read, plainText(input.source)].join(
          ' · ',
        ),
        detail: input.detail,
        problem: input.problem,
      };
    }),
  };
}

function changeText({ delta, topMover }: ScoreDetail, words: Words): string | null {
  if (delta === null) return null;
  const { scores } = words.page;
  const points = Math.round(delta);
  const moved =
    points === 0 ? scores.same : points > 0 ? scores.up(String(points)) : scores.down(String(-points));
  const most = topMover === null ? 0 : Math.round(topMover.points);
  if (topMover === null || most === 0) return moved;
  return `${moved}, ${scores.mover(spacedWords(topMover.name), signed(most))}`;
}

/** With a real minus sign, as wide as the plus. */
function signed(points: number): string {
  return points < 0 ? `−${-points}` : `+${points}`;
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
