import type { EnergyLevel } from '../../../shared/contract/vocabulary.ts';
import { ENERGY_LEVELS } from '../../../shared/contract/vocabulary.ts';
import { LEVEL_LOOKS } from '../../../shared/view/level-colours.ts';

/** The page's own colours, for what is drawn and not styled. */
export interface Palette {
  readonly ink: string;
  readonly quiet: string;
  readonly line: string;
  readonly strong: string;
  /** What everything is drawn on. */
  readonly paper: string;
  readonly font: string;
  readonly levels: Readonly<Record<EnergyLevel, string>>;
}

/** As `element` would be drawn now: styles/tokens.css decides, and a lost core greys. */
export function paletteOf(element: Element, theme: { isDark: boolean; isLost: boolean }): Palette {
  const style = getComputedStyle(element);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  const strong = token('--line-strong');
  const level = (name: EnergyLevel): string =>
    theme.isLost ? strong : LEVEL_LOOKS[name][theme.isDark ? 'dark' : 'light'];
  return {
    ink: token('--ink'),
    quiet: token('--ink-quiet'),
    line: token('--line'),
    strong,
    paper: token('--paper'),
    font: `12px ${token('--font')}`,
    levels: Object.fromEntries(ENERGY_LEVELS.map((name) => [name, level(name)])) as Palette['levels'],
  };
}
