import type { EnergyLevel } from '../contract/vocabulary.ts';

/** A level's colour and the shape that says the same without colour. */
export interface LevelLook {
  /** Fill on a light panel, as #RRGGBB. */
  readonly light: string;
  /** Fill on a dark panel. At least 4.5:1 against PANEL_DARK, so it serves for thin lines and text as well. */
  readonly dark: string;
  /** The same hue for thin lines, outlines and text on a light panel: at least 4.5:1 against PANEL_LIGHT. */
  readonly lightInk: string;
  /** How much of the ring is drawn, 0..1, clockwise from the top. */
  readonly ringShare: number;
  /** UNKNOWN alone: a full ring in dashes. */
  readonly dashed: boolean;
  /** FULL alone: the small notch of a plug at the bottom of the closed ring. */
  readonly notch: boolean;
}

/** The panels the colours were chosen against. */
export const PANEL_LIGHT = '#F4F5F7';
export const PANEL_DARK = '#1B1D22';

/**
 * Okabe-Ito hues, told apart with every kind of colour blindness; the ring's share says the same in
 * monochrome. Several light fills are too pale for text by themselves: outline them with `lightInk`.
 */
export const LEVEL_LOOKS: Readonly<Record<EnergyLevel, LevelLook>> = {
  CRITICAL: look('#D55E00', '#FF7A33', '#B65000', 0.09),
  LOW: look('#E69F00', '#FFB938', '#936600', 0.25),
  MEDIUM: look('#C9A400', '#F0E442', '#856C00', 0.5),
  HIGH: look('#009E73', '#2BC796', '#007E5C', 0.75),
  FULL: { ...look('#0072B2', '#56B4E9', '#0072B2', 1), notch: true },
  UNKNOWN: { ...look('#6B7280', '#A0A7B4', '#686F7D', 1), dashed: true },
};

function look(light: string, dark: string, lightInk: string, ringShare: number): LevelLook {
  return { light, dark, lightInk, ringShare, dashed: false, notch: false };
}
