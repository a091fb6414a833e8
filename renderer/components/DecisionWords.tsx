import type { Decision } from '../../shared/contract/decision.ts';
import { sentence } from '../view/plain-text.ts';
import { basisText, otherReasons, retryText } from '../view/project-view.ts';
import { words } from '../words/words.ts';
import { Prose } from './Prose.tsx';

interface DecisionWordsProps {
  readonly decision: Decision | null;
  /** The binding reason and the way to pass alone, for a folded card. */
  readonly brief: boolean;
  /** Seconds since the decision was heard. */
  readonly sinceSeconds: number;
}

/** Why, the cheapest way to pass, and in full also when, what else, and how old the facts are. */
export function DecisionWords({ decision, brief, sinceSeconds }: DecisionWordsProps) {
  if (decision === null) return <p className="quiet">{words.projects.noDecision}</p>;
  const why = decision.bindingReason ?? words.projects.allowed;
  const way = decision.cheapestWayToPass;
  if (brief) {
    if (decision.verdict === 'allow') return null;
    return (
      <p className="quiet card-brief">
        <Prose text={way === null ? sentence(why) : `${sentence(why)} ${sentence(way)}`} />
      </p>
    );
  }
  const retry = retryText(decision, words);
  const basis = basisText(decision, sinceSeconds, words);
  const others = otherReasons(decision);
  return (
    <div className="decision">
      <p>
        <Prose text={sentence(why)} />
      </p>
      {way !== null && (
        <p>
          <span className="quiet">{words.projects.cheapest} </span>
          <strong>
            <Prose text={sentence(way, false)} />
          </strong>
          {retry !== null && <span className="quiet"> {retry}</span>}
        </p>
      )}
      {others.length > 0 && (
        <p className="quiet">
          <Prose text={words.projects.also(others.map((reason) => sentence(reason.text)).join(' '))} />
        </p>
      )}
      {basis !== null && <p className="quiet small">{basis}</p>}
    </div>
  );
}
