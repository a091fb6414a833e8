import type { HistoryEventKind } from '../../../shared/contract/history.ts';
import type { Palette } from './palette.ts';

const SIZE_PX = 5;

export type DrawMarkShape = (
  context: CanvasRenderingContext2D,
  kind: HistoryEventKind,
  x: number,
  y: number,
  palette: Palette,
) => void;

/** A shape for each kind of event, centred on (x, y); told apart without colour. */
export function createMarkShapes(): DrawMarkShape {
  const made = new Map<HistoryEventKind, Path2D>();
  const pathOf = (kind: HistoryEventKind): Path2D => {
    const path = made.get(kind) ?? new Path2D(PATHS[kind]);
    made.set(kind, path);
    return path;
  };
  return (context, kind, x, y, { ink, paper }) => {
    const path = pathOf(kind);
    context.save();
    context.translate(x, y);
    context.lineWidth = 1.5;
    context.strokeStyle = ink;
    context.fillStyle = HOLLOW.has(kind) ? paper : ink;
    context.fill(path);
    context.stroke(path);
    context.restore();
  };
}
const S = SIZE_PX;
const PATHS: Readonly<Record<HistoryEventKind, string>> = {
  // A triangle up.
  deployment: `M0 ${-S}L${S} ${S - 1}L${-S} ${S - 1}Z`,
  // A diamond.
  incident: `M0 ${-S - 1}L${S + 1} 0L0 ${S + 1}L${-S - 1} 0Z`,
  // A cross.
  halt: `M${-S} ${-S}L${S} ${S}M${S} ${-S}L${-S} ${S}`,
  // A ring.
  waiver: `M${S} 0A${S} ${S} 0 1 1 ${-S} 0A${S} ${S} 0 1 1 ${S} 0Z`,
  // A triangle down.
  alert: `M0 ${S}L${S} ${-S + 1}L${-S} ${-S + 1}Z`,
  decision: `M-1 -1H1V1H-1Z`,
  // A square.
  power: `M${-S + 1} ${-S + 1}H${S - 1}V${S - 1}H${-S + 1}Z`,
  clock: `M${S} 0A${S} ${S} 0 1 1 ${-S} 0A${S} ${S} 0 1 1 ${S} 0ZM0 -3V0H3`,
};
const HOLLOW: ReadonlySet<HistoryEventKind> = new Set(['waiver', 'clock', 'power']);
