import type { TimeSpan } from '../../view/history-span.ts';
import { between, panned, zoomed } from '../../view/history-span.ts';
import type { Viewport } from './viewport.ts';

export interface GestureParts {
  readonly viewport: Viewport;
  readonly limits: () => TimeSpan;
  /** A view that follows the hand, at once. */
  readonly onView: (view: TimeSpan) => void;
  /** The instant under the pointer; null where it left. */
  readonly onCursor: (atMs: number | null) => void;
  /** What is about to be zoomed into, CSS pixels; null when nothing is. */
  readonly onSelect: (place: { left: number; width: number } | null) => void;
  readonly onReset: () => void;
  readonly onFocus: () => void;
  /** The wheel scrolls the page until the charts were pressed. */
  readonly hasFocus: () => boolean;
}

/** Under this a drag was a click. */
const CLICK_PX = 4;
/** One notch of a wheel, about 100 px, zooms by a fifth. */
const WHEEL_ZOOM = 0.002;
const LINE_PX = 16;

interface Drag {
  readonly kind: 'select' | 'pan';
  readonly startX: number;
  readonly startView: TimeSpan;
}

/** Drag zooms; with Shift, the middle button, a finger or on the axis it moves; two fingers and the wheel zoom. */
export function followGestures(stage: HTMLElement, parts: GestureParts): () => void {
  const { viewport } = parts;
  const ended = new AbortController();
  const pointers = new Map<number, number>();
  let drag: Drag | null = null;
  let pinch: { distance: number; view: TimeSpan; atMs: number } | null = null;

  const xOf = (event: MouseEvent): number => event.clientX - stage.getBoundingClientRect().left;
  const isOnAxis = (event: Event): boolean =>
    event.target instanceof Element && event.target.closest('.history-axis') !== null;
  const isOnPlots = (event: Event): boolean =>
    event.target instanceof Element && event.target.closest('.history-plot, .history-axis') !== null;
  const startPinch = (): void => {
    const [one, other] = [...pointers.values()];
    if (one === undefined || other === undefined) return;
    drag = null;
    parts.onSelect(null);
    const { view } = viewport.scene();
    pinch = {
      distance: Math.max(1, Math.abs(one - other)),
      view,
      atMs: viewport.instantAt((one + other) / 2),
    };
  };
  const movePinch = (): void => {
    const [one, other] = [...pointers.values()];
    if (pinch === null || one === undefined || other === undefined) return;
    const factor = pinch.distance / Math.max(1, Math.abs(one - other));
    parts.onView(zoomed(pinch.view, factor, pinch.atMs, parts.limits()));
  };

  const down = (event: PointerEvent): void => {
    if (!isOnPlots(event) || event.button > 1) return;
    parts.onFocus();
    pointers.set(event.pointerId, xOf(event));
    stage.setPointerCapture(event.pointerId);
    if (pointers.size === 2) {
      startPinch();
      return;
    }
    const pans = event.shiftKey || event.button === 1 || event.pointerType === 'touch' || isOnAxis(event);
    drag = { kind: pans ? 'pan' : 'select', startX: xOf(event), startView: viewport.scene().view };
    // The middle button would scroll by itself, the left one select text.
    event.preventDefault();
  };
  const move = (event: PointerEvent): void => {
    const x = xOf(event);
    if (pointers.has(event.pointerId)) pointers.set(event.pointerId, x);
    if (pinch !== null) movePinch();
    else if (drag?.kind === 'pan') {
      const byMs = (drag.startX - x) * viewport.msPerPx(drag.startView);
      parts.onView(panned(drag.startView, byMs, parts.limits()));
    } else if (drag?.kind === 'select' && Math.abs(x - drag.startX) >= CLICK_PX) {
      parts.onSelect({ left: Math.min(x, drag.startX), width: Math.abs(x - drag.startX) });
    }
    // Under a hand that moves the time, no value stands still long enough to be read.
    const isMoving = pinch !== null || drag?.kind === 'pan';
    parts.onCursor(isOnPlots(event) && !isMoving ? viewport.instantAt(x) : null);
  };
  const up = (event: PointerEvent): void => {
    const x = xOf(event);
    if (drag?.kind === 'select' && Math.abs(x - drag.startX) >= CLICK_PX && event.type === 'pointerup') {
      parts.onView(between(viewport.instantAt(drag.startX), viewport.instantAt(x), parts.limits()));
    }
    pointers.delete(event.pointerId);
    drag = null;
    pinch = null;
    parts.onSelect(null);
  };
  const wheel = (event: WheelEvent): void => {
    if (!isOnPlots(event)) return;
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PX : 1;
    const { view } = viewport.scene();
    const isSideways = Math.abs(event.deltaX) > Math.abs(event.deltaY);
    if (isSideways || (event.shiftKey && parts.hasFocus())) {
      const byPx = (isSideways ? event.deltaX : event.deltaY) * unit;
      parts.onView(panned(view, byPx * viewport.msPerPx(view), parts.limits()));
    } else if (event.ctrlKey || event.metaKey || isOnAxis(event) || parts.hasFocus()) {
      const factor = Math.exp(event.deltaY * unit * WHEEL_ZOOM);
      parts.onView(zoomed(view, factor, viewport.instantAt(xOf(event)), parts.limits()));
    } else return;
    event.preventDefault();
  };

  const options = { signal: ended.signal };
  stage.addEventListener('pointerdown', down, options);
  stage.addEventListener('pointermove', move, options);
  stage.addEventListener('pointerup', up, options);
  stage.addEventListener('pointercancel', up, options);
  stage.addEventListener('pointerleave', () => parts.onCursor(null), options);
  stage.addEventListener('wheel', wheel, { ...options, passive: false });
  stage.addEventListener('dblclick', (event) => isOnPlots(event) && parts.onReset(), options);
  return () => ended.abort();
}
