import 'uplot/dist/uPlot.min.css';
import './history.css';

import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand/react';

import { PageFrame } from '../../components/PageFrame.tsx';
import { isChosen } from '../../store/history-choice.ts';
import { forecastCone, forecastReachMs } from '../../view/history-forecast.ts';
import { historyPlots } from '../../view/history-plots.ts';
import type { HistoryPlot } from '../../view/history-plots.ts';
import { lengthMs, RANGE_MS } from '../../view/history-span.ts';
import { momentText } from '../../view/history-ticks.ts';
import { words } from '../../words/words.ts';
import type { PageParts } from '../page-parts.ts';
import { ChoicePanel } from './ChoicePanel.tsx';
import { ExportPanel } from './ExportPanel.tsx';
import { coreNowMs, createHistoryKit } from './history-kit.ts';
import type { HistoryKit } from './history-kit.ts';
import { HistoryNotes } from './HistoryNotes.tsx';
import { HistoryStage } from './HistoryStage.tsx';
import { HistoryToolbar } from './HistoryToolbar.tsx';

/** What happened, on one time axis. */
export default function HistoryPage(parts: PageParts) {
  const [kit] = useState(() => createHistoryKit(parts));
  const { desk } = kit;
  const catalogue = useStore(desk.store, (state) => state.catalogue);
  const choice = useStore(kit.choice.store);
  const cone = useForecast(parts, kit);
  const plots = useMemo(
    () => (catalogue.kind === 'ready' ? historyPlots(catalogue.value.metrics, words) : []),
    [catalogue],
  );
  const shown = useMemo(
    () => plots.filter((plot) => isChosen(choice, plot.id, plot.isUsual)),
    [plots, choice],
  );
  useEffect(() => {
    desk.open();
    return () => desk.close();
  }, [desk]);
  useEffect(() => {
    desk.want(shown.flatMap(({ lines }) => lines.map(({ metric }) => metric)));
  }, [desk, shown]);
  const isEmpty = catalogue.kind === 'ready' && catalogue.value.metrics.length === 0;
  return (
    <PageFrame parts={parts} title={words.shell.pages.history} lead={words.history.lead}>
      <HistoryNotes parts={parts} />
      {catalogue.kind === 'loading' && <p className="panel quiet">{words.history.loading}</p>}
      {catalogue.kind === 'failed' && <Failed onRetry={() => desk.retry()} />}
      {isEmpty && <Empty sinceMs={catalogue.value.sinceMs} />}
      {catalogue.kind === 'ready' && !isEmpty && (
        <Filled parts={parts} kit={kit} plots={plots} shown={shown} cone={cone} />
      )}
    </PageFrame>
  );
}

interface FilledProps {
  readonly parts: PageParts;
  readonly kit: HistoryKit;
  readonly plots: readonly HistoryPlot[];
  readonly shown: readonly HistoryPlot[];
  readonly cone: ReturnType<typeof forecastCone>;
}

function Filled({ parts, kit, plots, shown, cone }: FilledProps) {
  const hasFailed = useStore(kit.desk.store, (state) => state.hasFailed);
  const hasData = useStore(kit.desk.store, (state) => state.data !== null);
  return (
    <>
      <section className="panel history-panel" aria-label={words.history.charts}>
        <HistoryToolbar parts={parts} kit={kit} />
        {hasFailed && <Failed onRetry={() => kit.desk.retry()} />}
        {!hasData && !hasFailed && <p className="quiet history-waiting">{words.history.loading}</p>}
        <HistoryStage parts={parts} kit={kit} shown={shown} cone={cone} />
        {shown.length === 0 && <p className="quiet">{words.history.nothingChosen}</p>}
        <p className="quiet small">
          <Since kit={kit} />
          <span className="history-hint">{words.history.hint}</span>
        </p>
      </section>
      <ChoicePanel kit={kit} plots={plots} shown={shown} wide={parts.wide} />
      <ExportPanel parts={parts} kit={kit} shown={shown} />
    </>
  );
}

/** How far back one can go. */
function Since({ kit: { desk } }: { kit: HistoryKit }) {
  const sinceMs = useStore(desk.store, ({ catalogue }) =>
    catalogue.kind === 'ready' ? catalogue.value.sinceMs : null,
  );
  return sinceMs === null ? null : <span>{words.history.since(momentText(sinceMs))} </span>;
}

function Failed({ onRetry }: { onRetry: () => void }) {
  return (
    <p className="panel failed history-failed" role="alert">
      <span>{words.history.failed}</span>
      <button type="button" className="button" onClick={onRetry}>
        {words.history.retry}
      </button>
    </p>
  );
}

function Empty({ sinceMs }: { sinceMs: number | null }) {
  const since = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
  return (
    <section className="panel history-empty" aria-label={words.history.emptyTitle}>
      <h2>{words.history.emptyTitle}</h2>
      <p className="quiet">
        {sinceMs === null ? words.history.emptyNever : words.history.empty(since.format(sinceMs))}
      </p>
    </section>
  );
}

/** The forecast of now; tells the desk that time passed with every snapshot. */
function useForecast(parts: PageParts, { desk }: HistoryKit): ReturnType<typeof forecastCone> {
  const snapshot = useStore(parts.store, (state) => state.snapshot);
  const range = useStore(desk.store, (state) => state.range);
  const cone = useMemo(() => {
    if (snapshot === null) return null;
    return forecastCone(snapshot.forecast, snapshot.energy.percent, Date.parse(snapshot.at));
  }, [snapshot]);
  useEffect(() => {
    const nowMs = coreNowMs(parts.store.getState(), parts.clock.monotonicMs());
    const longMs = range === null ? lengthMs(desk.store.getState().view) : RANGE_MS[range];
    desk.tell(nowMs, forecastReachMs(cone, nowMs, longMs));
  }, [cone, range, desk, parts]);
  return cone;
}
