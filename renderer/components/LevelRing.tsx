import type { EnergyLevel } from '../../shared/contract/vocabulary.ts';
import { LEVEL_LOOKS } from '../../shared/view/level-colours.ts';
import type { Permission } from '../view/permission.ts';
import { GlyphShape } from './GlyphShape.tsx';

const RADIUS = 30;
const DASHES = '5 7.5';
/** One pixel of the ring's length, in hundredths of it: the edge shows at both ends of the fill. */
const EDGE = 0.53;

/** The level as a share of a ring, the permission inside it. `label` is all of it in words. */
export function LevelRing(props: { level: EnergyLevel; permission: Permission; label: string }) {
  const look = LEVEL_LOOKS[props.level];
  const share = look.ringShare * 100;
  const dash = look.dashed ? DASHES : `${share} ${100 - share}`;
  return (
    <svg className="ring" data-level={props.level} viewBox="0 0 72 72" role="img" aria-label={props.label}>
      {!look.dashed && <circle className="ring-track" cx="36" cy="36" r={RADIUS} pathLength="100" />}
      <g className="ring-level" transform="rotate(-90 36 36)">
        <circle className="ring-edge" cx="36" cy="36" r={RADIUS} pathLength="100" strokeDasharray={dash} />
        <circle
          className="ring-fill"
          cx="36"
          cy="36"
          r={RADIUS}
          pathLength="100"
          strokeDasharray={look.ringShare === 1 ? dash : `${share - 2 * EDGE} ${100 - share + 2 * EDGE}`}
          strokeDashoffset={look.ringShare === 1 ? 0 : -EDGE}
        />
      </g>
      {look.notch && <path className="ring-notch" d="M31.5 58v14M40.5 58v14" />}
      {props.permission.halted && <circle className="ring-halt" cx="36" cy="36" r="19" />}
      <g
        className={props.permission.halted ? 'ring-sign ring-sign-cut' : 'ring-sign'}
        transform="translate(24 24)"
      >
        <GlyphShape glyph={props.permission.glyph} />
      </g>
    </svg>
  );
}
