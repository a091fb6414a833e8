import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';

import type { PageId } from '../connection/page-route.ts';
import { RAIL } from '../pages/page-list.ts';
import { words } from '../words/words.ts';
import { PageIcon } from './PageIcon.tsx';
import { RailLink, railPageOf } from './Rail.tsx';

/** The way to every page at the foot of the tray window: what is opened most under the thumb, the rest above it. */
export function BottomBar({ page }: { page: PageId }) {
  const here = railPageOf(page);
  const [isOpen, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const holder = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!isOpen) return undefined;
    const closeOutside = (event: PointerEvent): void => {
      if (!holder.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener('pointerdown', closeOutside);
    return () => document.removeEventListener('pointerdown', closeOutside);
  }, [isOpen]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !isOpen) return;
    setOpen(false);
    opener.current?.focus();
  };
  const others = RAIL.filter(({ isInBar }) => !isInBar);
  return (
    <nav className="bar" aria-label={words.shell.navigation} ref={holder} onKeyDown={onKeyDown}>
      <ul className="bar-main">
        {RAIL.filter(({ isInBar }) => isInBar).map((entry) => (
          <li key={entry.id}>
            <RailLink entry={entry} isHere={entry.id === here} />
          </li>
        ))}
        <li>
          <button
            type="button"
            className="rail-link"
            ref={opener}
            aria-expanded={isOpen}
            data-current={others.some(({ id }) => id === here)}
            onClick={() => setOpen(!isOpen)}
          >
            <PageIcon name="more" />
            <span>{words.shell.more}</span>
          </button>
        </li>
      </ul>
      {isOpen && (
        <ul className="bar-more" onClick={() => setOpen(false)}>
          {others.map((entry) => (
            <li key={entry.id}>
              <RailLink entry={entry} isHere={entry.id === here} />
            </li>
          ))}
        </ul>
      )}
    </nav>
  );
}
