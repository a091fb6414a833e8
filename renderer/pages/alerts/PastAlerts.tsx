import { useStore } from 'zustand/react';

import type { PastAlert } from '../../../shared/contract/alert.ts';
import { Prose } from '../../components/Prose.tsx';
import { StatusShape } from '../../components/StatusShape.tsx';
import { alertTitle, endedAlerts, stoodText } from '../../view/alert-view.ts';
import { plainText } from '../../view/plain-text.ts';
import { words } from '../../words/words.ts';
import type { PageParts } from '../page-parts.ts';
import { SEVERITY_SHAPES } from './severity.ts';

const { alertsPage: said } = words;

interface PastAlertsProps {
  readonly past: readonly PastAlert[];
  readonly parts: PageParts;
  /** Null where there is no more. */
  readonly onMore: (() => void) | null;
}

/** What stood before and for how long. */
export function PastAlerts({ past, parts, onMore }: PastAlertsProps) {
  const nowAt = useStore(parts.store, ({ snapshot }) => snapshot?.at ?? '');
  const ended = endedAlerts(past);
  if (ended.length === 0) return <p className="quiet small">{said.past.none}</p>;
  return (
    <>
      <ul className="rows">
        {ended.map((alert) => (
          <li key={alert.id} className="alert alert-past">
            <StatusShape kind={SEVERITY_SHAPES[alert.severity]} />
            <div>
              <p>
                <Prose text={alertTitle(alert)} />{' '}
                <span className="quiet small">
                  {said.severities[alert.severity]}
                  {alert.project !== null && (
                    <>
                      {' · '}
                      <bdi>{plainText(alert.project)}</bdi>
                    </>
                  )}
                </span>
              </p>
              <p className="quiet small">{stoodText(alert, nowAt, words)}</p>
            </div>
          </li>
        ))}
      </ul>
      {onMore !== null && (
        <button type="button" className="button alerts-more" onClick={onMore}>
          {said.past.older}
        </button>
      )}
    </>
  );
}
