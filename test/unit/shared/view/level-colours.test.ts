import { describe, expect, it } from 'vitest';

import { ENERGY_LEVELS, RANKED_LEVELS } from '../../../../shared/contract/vocabulary.ts';
import { LEVEL_LOOKS, PANEL_DARK, PANEL_LIGHT } from '../../../../shared/view/level-colours.ts';

/** WCAG 2 contrast ratio of two #RRGGBB colours. */
function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light! + 0.05) / (dark! + 0.05);
}

function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const share = parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

describe('level colours', () => {
  it.each(ENERGY_LEVELS)('%s can be read as text on both panels', (level) => {
    expect(contrast(LEVEL_LOOKS[level].lightInk, PANEL_LIGHT)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(LEVEL_LOOKS[level].dark, PANEL_DARK)).toBeGreaterThanOrEqual(4.5);
  });

  it('draws more of the ring the higher the level', () => {
    const shares = RANKED_LEVELS.map((level) => LEVEL_LOOKS[level].ringShare);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(new Set(shares).size).toBe(RANKED_LEVELS.length);
  });

  it('tells a full ring from an unknown one without colour', () => {
    expect(LEVEL_LOOKS.FULL.dashed).toBe(false);
    expect(LEVEL_LOOKS.UNKNOWN.dashed).toBe(true);
  });

  it('gives each level a colour of its own on each panel', () => {
    expect(new Set(ENERGY_LEVELS.map((level) => LEVEL_LOOKS[level].light)).size).toBe(ENERGY_LEVELS.length);
    expect(new Set(ENERGY_LEVELS.map((level) => LEVEL_LOOKS[level].dark)).size).toBe(ENERGY_LEVELS.length);
  });
});
