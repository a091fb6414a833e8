import { useStore } from 'zustand/react';

import type { Alert } from '../../../shared/contract/state.ts';
import { ageText } from '../../../shared/view/quantities.ts';
import { Prose } from '../../components/Prose.tsx';
import { StatusShape } from '../../components/StatusShape.tsx';
import { pageAddress } from '../../connection/page-route.ts';
import { instantAgeSeconds } from '../../store/selectors.ts';
import { alertTitle } from '../../view/alert-view.ts';
import { clockTime } from '../../view/clock-time.ts';
import { plainText, sentence } from '../../view/plain-text.ts';
import { words } from '../../words/words.ts';
import type { PageParts } from '../page-parts.ts';
import { SEVERITY_SHAPES } from './severity.ts';

const { alertsPage: said } = words;

/** One thing that stands: how grave, what, since when, and what takes it away. */
export function StandingAlert({ alert, parts }: { alert: Alert; parts: PageParts }) {
  const state = useStore(parts.store);
  const nowAt = state.snapshot?.at ?? alert.since;
  const age = ageText(instantAgeSeconds(state, alert.since) ?? 0);
  return (
    <li className="alert" data-severity={alert.severity}>
      <StatusShape kind={SEVERITY_SHAPES[alert.severity]} />
      <div>
        <h3>
          <Prose text={alertTitle(alert)} />{' '}
          <span className="alert-severity small">{said.severities[alert.severity]}</span>
        </h3>
        <p>
          <Prose text={plainText(alert.text)} />
        </p>
        {alert.clears !== undefined && (
          <p className="small">
            <strong>{said.standing.clears}</strong> <Prose text={sentence(alert.clears, false)} />
          </p>
        )}
        <p className="quiet small">
          {said.standing.since(clockTime(alert.since, nowAt), age)}
          {alert.project !== null && (
            <>
              {' '}
              <a href={pageAddress(alert.project)}>
                <bdi>{plainText(alert.project)}</bdi>
              </a>
            </>
          )}
        </p>
      </div>
    </li>
  );
}
