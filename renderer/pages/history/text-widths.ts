/** How wide a text is drawn in the font of `context`. */
export type TextWidths = (context: CanvasRenderingContext2D, text: string) => number;

/** Texts come again with every frame, their width does not change. More of them than this are not kept. */
const MOST = 2000;

export function createTextWidths(): TextWidths {
  const known = new Map<string, number>();
  return (context, text) => {
    const width = known.get(text) ?? context.measureText(text).width;
    if (known.size < MOST) known.set(text, width);
    return width;
  };
}
