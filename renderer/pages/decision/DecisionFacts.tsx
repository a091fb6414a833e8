import type { ReactNode } from 'react';

import type { Decision } from '../../../shared/contract/decision.ts';
import { ageText, minutesText } from '../../../shared/view/quantities.ts';
import { plainText, spacedWords } from '../../view/plain-text.ts';
import { words } from '../../words/words.ts';

/** What a decision was judged on: enough to ask the same again and to see that nothing was changed since. */
export function DecisionFacts({ decision, at }: { decision: Decision; at: string }) {
  const said = words.projectsPage.decision;
  const retry = decision.retryAfterSeconds;
  return (
    <section className="panel" aria-label={said.facts}>
      <div className="panel-head">
        <h2>{said.facts}</h2>
      </div>
      <dl className="facts">
        <Fact name={said.level}>{plainText(decision.level)}</Fact>
        <Fact name={said.mode}>{spacedWords(decision.operatingMode)}</Fact>
        <Fact name={said.at}>{at}</Fact>
        {retry !== null && <Fact name={said.retry}>{minutesText(Math.max(1, Math.ceil(retry / 60)))}</Fact>}
        {Object.entries(decision.ages).map(([name, seconds]) => (
          <Fact key={name} name={said.age(sentenceName(name))}>
            {seconds === null ? said.never : ageText(seconds)}
          </Fact>
        ))}
        <Fact name={said.id}>
          <code className="hash">{plainText(decision.id)}</code>
        </Fact>
        <Fact name={said.hash}>
          <code className="hash">{plainText(decision.inputsHash)}</code>
        </Fact>
      </dl>
      <p className="quiet small">{said.hashHint}</p>
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="quiet">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function sentenceName(name: string): string {
  const text = spacedWords(name);
  return text.charAt(0).toUpperCase() + text.slice(1);
}
