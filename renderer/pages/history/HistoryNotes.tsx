import { useStore } from 'zustand/react';

import { Warning } from '../../components/Signs.tsx';
import { sentence } from '../../view/plain-text.ts';
import { words } from '../../words/words.ts';
import type { PageParts } from '../page-parts.ts';

/** What the core says about the record itself: set aside, full disk. */
export function HistoryNotes({ parts }: { parts: PageParts }) {
  const snapshot = useStore(parts.store, (state) => state.snapshot);
  const notes = (snapshot?.notes ?? []).filter(({ code }) => code.startsWith('record'));
  if (notes.length === 0) return null;
  return (
    <section className="notices" aria-label={words.notices.name}>
      <ul>
        {notes.map(({ code, text }) => (
          <li key={code}>
            <Warning />
            <p>{sentence(text)}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
