import { useState } from 'react';
import { useStore } from 'zustand/react';

import type { AlertsReply } from '../../../shared/contract/alert.ts';
import { Answer } from '../../components/Answer.tsx';
import { useAsked } from '../../components/asked-hook.ts';
import { PageFrame } from '../../components/PageFrame.tsx';
import { Panel } from '../../components/Panel.tsx';
import { alertsInOrder } from '../../view/alert-view.ts';
import { words } from '../../words/words.ts';
import type { PageParts } from '../page-parts.ts';
import { PastAlerts } from './PastAlerts.tsx';
import { QuietPanel } from './QuietPanel.tsx';
import { StandingAlert } from './StandingAlert.tsx';
import './alerts.css';

const { alertsPage: said } = words;
const FIRST_SHOWN = 50;
const MOST_SHOWN = 500;

/** What needs the person now, whether notices reach them, and what stood before. */
export default function AlertsPage(parts: PageParts) {
  const { wide, store } = parts;
  const [limit, setLimit] = useState(FIRST_SHOWN);
  const { answer, again } = useAsked<AlertsReply>(parts, `/v1/alerts?limit=${limit}`);
  const alerts = useStore(store, ({ snapshot }) => snapshot?.alerts) ?? [];
  return (
    <PageFrame parts={parts} title={words.shell.pages.alerts} lead={said.lead}>
      <div className="alerts-columns">
        <div className="alerts-main">
          <section className="panel" aria-label={said.standing.name}>
            <div className="panel-head">
              <h2>{said.standing.name}</h2>
              {alerts.length > 0 && (
                <span className="panel-summary">{said.standing.count(alerts.length)}</span>
              )}
            </div>
            {alerts.length === 0 ? (
              <div className="alerts-none">
                <p>
                  <strong>{said.standing.none}</strong>
                </p>
                <p className="quiet small">{said.standing.noneHint}</p>
              </div>
            ) : (
              <ul className="alerts-list">
                {alertsInOrder(alerts).map((alert) => (
                  <StandingAlert
                    key={alert.id ?? `${alert.code}/${alert.project ?? ''}`}
                    alert={alert}
                    parts={parts}
                  />
                ))}
              </ul>
            )}
          </section>
          <Panel title={said.past.name} summary="" wide={wide} open>
            <Answer answer={answer} onRetry={again}>
              {({ past }) => (
                <PastAlerts
                  past={past}
                  parts={parts}
                  onMore={past.length >= limit && limit < MOST_SHOWN ? () => setLimit(MOST_SHOWN) : null}
                />
              )}
            </Answer>
          </Panel>
        </div>
        <Panel title={said.quiet.name} summary="" wide={wide} open>
          <Answer answer={answer} onRetry={again}>
            {({ quiet }) => <QuietPanel quiet={quiet} parts={parts} onChanged={again} />}
          </Answer>
        </Panel>
      </div>
    </PageFrame>
  );
}
