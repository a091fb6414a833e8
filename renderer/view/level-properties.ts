import type { CSSProperties } from 'react';

import type { EnergyLevel } from '../../shared/contract/vocabulary.ts';
import { LEVEL_LOOKS } from '../../shared/view/level-colours.ts';

/** The level's colours as custom properties; styles/tokens.css picks the panel's. */
export function levelProperties(level: EnergyLevel): CSSProperties {
  const look = LEVEL_LOOKS[level];
  const properties: Record<`--level-${string}`, string> = {
    '--level-light': look.light,
    '--level-light-ink': look.lightInk,
    '--level-dark': look.dark,
  };
  return properties;
}
