import { useEffect } from 'react';
import type { RefObject } from 'react';
import { useStore } from 'zustand/react';

import { useMediaQuery } from '../../components/media-query.ts';
import type { DashboardStore } from '../../store/dashboard-store.ts';
import { paletteOf } from './palette.ts';
import type { Viewport } from './viewport.ts';

/** Keeps the viewport's colours those of `element`: light, dark, more contrast, or greyed while the core is lost. */
export function usePaletteOf(
  element: RefObject<HTMLElement | null>,
  store: DashboardStore,
  viewport: Viewport,
): void {
  const isDark = useMediaQuery('(prefers-color-scheme: dark)');
  const isStark = useMediaQuery('(prefers-contrast: more)');
  const isWide = useMediaQuery('(min-width: 60rem)');
  const isLost = useStore(store, ({ connection }) => connection.kind === 'lost');
  useEffect(() => {
    if (element.current === null) return;
    viewport.update({ palette: paletteOf(element.current, { isDark, isLost }) });
  }, [element, viewport, isDark, isStark, isWide, isLost]);
}
