import type { Verdict } from '../../shared/contract/vocabulary.ts';
import { VERDICT_WORDS } from '../../shared/view/verdict-words.ts';
import { GlyphShape } from './GlyphShape.tsx';

/** The verdict's shape; the words beside it say the same. */
export function VerdictMark(props: { verdict: Verdict }) {
  return (
    <svg className="mark" data-verdict={props.verdict} viewBox="0 0 24 24" aria-hidden="true">
      <GlyphShape glyph={VERDICT_WORDS[props.verdict].glyph} />
    </svg>
  );
}
