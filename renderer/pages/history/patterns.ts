import type { EnergyLevel, Verdict } from '../../../shared/contract/vocabulary.ts';

/** Textures that say without colour what colour says. */
export type Texture = 'plain' | 'dots' | 'bars' | 'slants' | 'crosses' | 'dashes' | 'hatch';

export const LEVEL_TEXTURES: Readonly<Record<EnergyLevel, Texture>> = {
  CRITICAL: 'crosses',
  LOW: 'slants',
  MEDIUM: 'bars',
  HIGH: 'dots',
  FULL: 'plain',
  UNKNOWN: 'dashes',
};

export const VERDICT_TEXTURES: Readonly<Record<Verdict, Texture>> = {
  allow: 'plain',
  throttle: 'bars',
  block: 'crosses',
  unknown: 'dashes',
};

const TILE_PX = 8;

/** A texture in one colour as something to fill with. Not for `plain`, which is a colour. */
export function createPatterns(): (
  context: CanvasRenderingContext2D,
  texture: Texture,
  colour: string,
  ratio: number,
) => CanvasPattern | string {
  const made = new Map<string, CanvasPattern>();
  return (context, texture, colour, ratio) => {
    if (texture === 'plain') return colour;
    const key = `${texture} ${colour} ${ratio}`;
    const known = made.get(key);
    if (known !== undefined) return known;
    const pattern = context.createPattern(tile(texture, colour, ratio), 'repeat');
    if (pattern === null) return colour;
    // The tile has the screen's own pixels; what it fills is measured in CSS pixels.
    pattern.setTransform(new DOMMatrix().scale(1 / ratio));
    made.set(key, pattern);
    return pattern;
  };
}

function tile(texture: Texture, colour: string, ratio: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = TILE_PX * ratio;
  canvas.height = TILE_PX * ratio;
  const context = canvas.getContext('2d');
  if (context === null) return canvas;
  context.scale(ratio, ratio);
  context.strokeStyle = colour;
  context.fillStyle = colour;
  context.lineWidth = texture === 'hatch' ? 1 : 1.5;
  context.beginPath();
  for (const [fromX, fromY, toX, toY] of strokes(texture)) {
    context.moveTo(fromX, fromY);
    context.lineTo(toX, toY);
  }
  context.stroke();
  if (texture === 'dots') context.fillRect(3, 3, 2, 2);
  return canvas;
}

function strokes(texture: Texture): readonly (readonly [number, number, number, number])[] {
  // Slanted lines go on past the corners, so that the tiles join.
  const slants = [
    [-2, 2, 2, -2],
    [-2, 10, 10, -2],
    [6, 10, 10, 6],
  ] as const;
  switch (texture) {
    case 'slants':
    case 'hatch':
      return slants;
    case 'crosses':
      return [...slants, [-2, -2, 10, 10], [-2, 6, 2, 10], [6, -2, 10, 2]];
    case 'bars':
      return [[2, 0, 2, 8]];
    case 'dashes':
      return [[0, 4, 4, 4]];
    default:
      return [];
  }
}
