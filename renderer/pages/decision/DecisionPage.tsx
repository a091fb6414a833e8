import { useState } from 'react';
import { useStore } from 'zustand/react';

import type { Decision } from '../../../shared/contract/decision.ts';
import { ageText } from '../../../shared/view/quantities.ts';
import { VERDICT_WORDS } from '../../../shared/view/verdict-words.ts';
import { useAsked } from '../../components/asked-hook.ts';
import { PageFrame } from '../../components/PageFrame.tsx';
import { Prose } from '../../components/Prose.tsx';
import { VerdictMark } from '../../components/VerdictMark.tsx';
import { pageAddress } from '../../connection/page-route.ts';
import { instantAgeSeconds } from '../../store/selectors.ts';
import { clockTime } from '../../view/clock-time.ts';
import { plainText, sentence } from '../../view/plain-text.ts';
import { words } from '../../words/words.ts';
import type { PageParts } from '../page-parts.ts';
import './decision.css';
import { DecisionFacts } from './DecisionFacts.tsx';

/** One decision: as it stands now, or as a gate was told it. */
export default function DecisionPage(parts: PageParts) {
  const query = useStore(parts.store, ({ route }) => route.query);
  const id = new URLSearchParams(query).get('id') ?? '';
  return <AnyDecision key={id} parts={parts} id={id} />;
}

/** What stands now is looked at as it was when the page was opened: the next round makes another. */
function AnyDecision({ parts, id }: { parts: PageParts; id: string }) {
  const [current] = useState(
    () =>
      parts.store
        .getState()
        .snapshot?.projects.flatMap(({ decisions }) => Object.values(decisions))
        .find((decision) => decision.id === id) ?? null,
  );
  return current === null ? (
    <KeptDecision parts={parts} id={id} />
  ) : (
    <DecisionRecord parts={parts} decision={current} isKept={false} />
  );
}

function KeptDecision({ parts, id }: { parts: PageParts; id: string }) {
  const { answer, again } = useAsked<Decision>(parts, `/v1/kept-decisions/${encodeURIComponent(id)}`, false);
  const said = words.projectsPage.decision;
  if (answer.kind === 'loading') {
    return (
      <PageFrame parts={parts} title={words.shell.pages.decision}>
        <p className="panel quiet">{words.page.loading}</p>
      </PageFrame>
    );
  }
  if (answer.kind === 'failed') {
    return (
      <PageFrame parts={parts} title={words.shell.pages.decision}>
        <section className="panel" aria-label={said.gone}>
          <h2>{said.gone}</h2>
          <p className="quiet">{said.goneHint}</p>
          <p>
            <button type="button" className="button" onClick={again}>
              {words.page.retry}
            </button>
          </p>
        </section>
      </PageFrame>
    );
  }
  return <DecisionRecord parts={parts} decision={answer.value} isKept />;
}

/** Reasons, facts with their ages, and the hash of the inputs. */
function DecisionRecord(props: { parts: PageParts; decision: Decision; isKept: boolean }) {
  const { parts, decision, isKept } = props;
  const state = useStore(parts.store);
  const said = words.projectsPage.decision;
  const { title: verdict } = VERDICT_WORDS[decision.verdict];
  const project = plainText(decision.project);
  const at = clockTime(decision.decidedAt, state.snapshot?.at ?? decision.decidedAt);
  const age = ageText(instantAgeSeconds(state, decision.decidedAt) ?? 0);
  const { bindingReason, cheapestWayToPass } = decision;
  return (
    <PageFrame
      parts={parts}
      title={said.of(project, words.projects.changes[decision.change])}
      lead={isKept ? said.told(verdict, at, age) : said.stands(verdict, at, age)}
      controls={
        <a className="button" href={pageAddress(decision.project)}>
          {said.back(project)}
        </a>
      }
    >
      <div className="decision-page">
        <section className="panel" aria-label={said.reasons}>
          <div className="panel-head">
            <VerdictMark verdict={decision.verdict} />
            <h2>{verdict}</h2>
          </div>
          {decision.reasons.length === 0 ? (
            <p className="quiet">{sentence(bindingReason ?? said.allowed)}</p>
          ) : (
            <ol className="reasons">
              {decision.reasons.map((reason, index) => (
                <li key={`${reason.code}/${index}`} className={index === 0 ? undefined : 'quiet'}>
                  <Prose text={sentence(reason.text)} />{' '}
                  <code className="reason-code">{plainText(reason.code)}</code>
                </li>
              ))}
            </ol>
          )}
          {cheapestWayToPass !== null && (
            <p>
              <span className="quiet">{words.projects.cheapest} </span>
              <strong>
                <Prose text={sentence(cheapestWayToPass, false)} />
              </strong>
            </p>
          )}
        </section>
        <DecisionFacts decision={decision} at={at} />
      </div>
    </PageFrame>
  );
}
