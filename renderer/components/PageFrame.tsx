import type { ReactNode } from 'react';
import { useStore } from 'zustand/react';

import { ageText } from '../../shared/view/quantities.ts';
import type { PageParts } from '../pages/page-parts.ts';
import { snapshotAgeSeconds } from '../store/selectors.ts';
import { LostBanner } from './LostBanner.tsx';
import { PageFooter } from './PageFooter.tsx';
import { PageHeading } from './PageHeading.tsx';

interface PageFrameProps {
  readonly parts: PageParts;
  readonly title: string;
  /** What the page is for, in a sentence. */
  readonly lead?: string;
  /** Controls of the whole page, beside its title. */
  readonly controls?: ReactNode;
  readonly children: ReactNode;
}

/** What all pages but the first share: heading, word of a lost core, content, foot. */
export function PageFrame({ parts, title, lead, controls, children }: PageFrameProps) {
  const state = useStore(parts.store);
  const lost = state.connection.kind === 'lost';
  return (
    <div className="page" data-lost={lost}>
      {lost && <LostBanner stateAge={ageText(snapshotAgeSeconds(state))} onRetry={parts.onRetry} />}
      <header className="page-head">
        <div>
          <PageHeading>{title}</PageHeading>
          {lead !== undefined && <p className="quiet">{lead}</p>}
        </div>
        {controls !== undefined && <div className="page-controls">{controls}</div>}
      </header>
      <main className="page-main">{children}</main>
      {state.snapshot !== null && <PageFooter state={state} snapshot={state.snapshot} />}
    </div>
  );
}
