import type { ReactNode } from 'react';

import type { Snapshot } from '../../shared/contract/state.ts';
import { ageText } from '../../shared/view/quantities.ts';
import type { PageParts } from '../pages/page-parts.ts';
import type { DashboardState } from '../store/dashboard-store.ts';
import { instantAgeSeconds, snapshotAgeSeconds } from '../store/selectors.ts';
import { words } from '../words/words.ts';
import { CoolingPanel } from './CoolingPanel.tsx';
import { ForecastPanel } from './ForecastPanel.tsx';
import { LastHour } from './LastHour.tsx';
import { LevelHeader } from './LevelHeader.tsx';
import { LostBanner } from './LostBanner.tsx';
import { Notices } from './Notices.tsx';
import { PageFooter } from './PageFooter.tsx';
import { ProjectList } from './ProjectList.tsx';
import { SupplyChain } from './SupplyChain.tsx';
import { SupplyPanel } from './SupplyPanel.tsx';
import { UpsPanel } from './UpsPanel.tsx';
import { VerdictMatrix } from './VerdictMatrix.tsx';

interface NowPageProps {
  readonly state: DashboardState;
  readonly snapshot: Snapshot;
  readonly wide: boolean;
  readonly onRetry: () => void;
  readonly ask: PageParts['ask'];
  readonly clock: PageParts['clock'];
  /** The person's own part. */
  readonly you: ReactNode;
}

/** May I now, why, and until when. */
export function NowPage({ state, snapshot, wide, onRetry, ask, clock, you }: NowPageProps) {
  const { energy } = snapshot;
  const lost = state.connection.kind === 'lost';
  const sinceSeconds = snapshotAgeSeconds(state);
  const ageOf = (at: string | null): string | null => {
    const seconds = instantAgeSeconds(state, at);
    return seconds === null ? null : ageText(seconds);
  };
  return (
    <div className="now" data-lost={lost}>
      <div className="top">
        {lost && <LostBanner stateAge={ageText(sinceSeconds)} onRetry={onRetry} />}
        {state.isTrayMissing && (
          <section className="tray-missing" aria-label={words.tray.name}>
            <p className="quiet small">{words.tray.missing}</p>
          </section>
        )}
        <Notices alerts={snapshot.alerts} notes={snapshot.notes} />
      </div>
      <LevelHeader snapshot={snapshot} readAge={ageOf(energy.readAt)} wide={wide} />
      <main>
        <SupplyChain energy={energy} draw={snapshot.draw ?? null} />
        {wide ? (
          <VerdictMatrix projects={snapshot.projects} sinceSeconds={sinceSeconds} />
        ) : (
          <ProjectList projects={snapshot.projects} />
        )}
        <div className="side">
          {wide && <ForecastPanel forecast={snapshot.forecast} errors={snapshot.forecastErrors ?? []} />}
          {energy.batteryPresent && <LastHour ask={ask} clock={clock} />}
          {you}
          <SupplyPanel supplies={energy.supplies} wide={wide} />
          <UpsPanel ups={energy.ups} wide={wide} ageOf={ageOf} />
          <CoolingPanel thermal={energy.thermal} wide={wide} />
        </div>
      </main>
      <PageFooter state={state} snapshot={snapshot} />
    </div>
  );
}
