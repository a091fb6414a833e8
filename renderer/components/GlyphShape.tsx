import type { VerdictGlyph } from '../../shared/view/verdict-words.ts';

/** One verdict as a shape in a 24 x 24 box, in the current colour. */
export function GlyphShape(props: { glyph: VerdictGlyph }) {
  switch (props.glyph) {
    case 'dot':
      return <circle className="glyph-solid" cx="12" cy="12" r="7.5" />;
    case 'bars':
      return <path className="glyph-line" d="M8 5.5v13M16 5.5v13" />;
    case 'cross':
      return <path className="glyph-line" d="M6 6l12 12M18 6L6 18" />;
    case 'question':
      return (
        <>
          <path
            className="glyph-line"
            d="M7.5 8.6C7.7 6 9.6 4.6 12 4.6c2.6 0 4.5 1.6 4.5 4 0 3.6-4.5 3.8-4.5 6.8"
          />
          <circle className="glyph-solid" cx="12" cy="20" r="1.8" />
        </>
      );
  }
}
