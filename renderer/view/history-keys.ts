import type { TimeSpan } from './history-span.ts';
import { lengthMs, panned, zoomed } from './history-span.ts';

/** What a key does to the charts. */
export type KeyAct =
  | { readonly kind: 'cursor'; readonly atMs: number; readonly view: TimeSpan }
  | { readonly kind: 'view'; readonly view: TimeSpan }
  | { readonly kind: 'reset' };

export interface KeyPress {
  readonly key: string;
  readonly shiftKey: boolean;
}

const ZOOM = 2;
/** Shares of what is in sight. */
const PAN = 0.25;
const STEP = 0.01;
const LEAP = 0.1;

/** Null for a key that is not ours. The marker starts at the right end; at an edge it takes the view along. */
export function keyAct(
  { key, shiftKey }: KeyPress,
  view: TimeSpan,
  cursorMs: number | null,
  limits: TimeSpan,
): KeyAct | null {
  const longMs = lengthMs(view);
  const markerMs = cursorMs ?? Math.min(view.toMs, limits.toMs);
  const toCursor = (atMs: number): KeyAct => {
    const kept = Math.min(Math.max(atMs, limits.fromMs), limits.toMs);
    const outMs = kept < view.fromMs ? kept - view.fromMs : Math.max(0, kept - view.toMs);
    return { kind: 'cursor', atMs: kept, view: outMs === 0 ? view : panned(view, outMs, limits) };
  };
  const toView = (next: TimeSpan): KeyAct => ({ kind: 'view', view: next });
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowRight': {
      const sign = key === 'ArrowLeft' ? -1 : 1;
      return shiftKey
        ? toView(panned(view, sign * PAN * longMs, limits))
        : toCursor(markerMs + sign * STEP * longMs);
    }
    case 'PageDown':
      return toCursor(markerMs - LEAP * longMs);
    case 'PageUp':
      return toCursor(markerMs + LEAP * longMs);
    case 'Home':
      return toCursor(view.fromMs);
    case 'End':
      return toCursor(view.toMs);
    case '+':
    case '=':
      return toView(zoomed(view, 1 / ZOOM, markerMs, limits));
    case '-':
    case '_':
      return toView(zoomed(view, ZOOM, markerMs, limits));
    case '0':
    case 'Escape':
      return { kind: 'reset' };
    default:
      return null;
  }
}
