import type { Decision } from '../../shared/contract/decision.ts';
import type { ProjectState } from '../../shared/contract/state.ts';
import type { ChangeType } from '../../shared/contract/vocabulary.ts';
import { VERDICT_WORDS } from '../../shared/view/verdict-words.ts';
import { decisionFor } from '../view/permission.ts';
import { plainText, sentence } from '../view/plain-text.ts';
import { basisText, changesOf, projectName, retryText, verdictOf } from '../view/project-view.ts';
import { words } from '../words/words.ts';
import { ProblemLine } from './ProblemLine.tsx';
import { Prose } from './Prose.tsx';
import { VerdictMark } from './VerdictMark.tsx';

interface VerdictTableProps {
  readonly project: ProjectState;
  readonly wide: boolean;
  readonly sinceSeconds: number;
}

/** Every kind of change with its verdict, all reasons (the binding one first) and the cheapest way to pass. */
export function VerdictTable({ project, wide, sinceSeconds }: VerdictTableProps) {
  const asked = decisionFor(project, project.defaultChange);
  const basis = asked === null ? null : basisText(asked, sinceSeconds, words);
  const { verdicts } = words.page;
  return (
    <section className="panel verdicts" aria-label={verdicts.name}>
      <div className="panel-head">
        <h2>{verdicts.name}</h2>
      </div>
      <table>
        <caption className="visually-hidden">{verdicts.of(plainText(projectName(project, words)))}</caption>
        <thead className={wide ? undefined : 'visually-hidden'}>
          <tr>
            <th scope="col">{verdicts.change}</th>
            <th scope="col">{verdicts.why}</th>
            {wide && <th scope="col">{verdicts.way}</th>}
          </tr>
        </thead>
        <tbody>
          {changesOf(project).map((change) => (
            <VerdictRow key={change} project={project} change={change} wide={wide} />
          ))}
        </tbody>
      </table>
      <ProblemLine project={project} brief={false} />
      {basis !== null && <p className="quiet small">{basis}</p>}
    </section>
  );
}

function VerdictRow(props: { project: ProjectState; change: ChangeType; wide: boolean }) {
  const { project, change, wide } = props;
  const decision = decisionFor(project, change);
  const verdict = verdictOf(project, change);
  return (
    <tr data-verdict={verdict}>
      <th scope="row">
        <span className="verdict-name">
          <VerdictMark verdict={verdict} />
          <span>
            <span className="change-name">{words.projects.changes[change]}</span>
            <span className="change-verdict">{VERDICT_WORDS[verdict].title}</span>
          </span>
        </span>
      </th>
      <td>
        <Reasons decision={decision} />
        {!wide && <Way decision={decision} label={`${words.projects.cheapest} `} />}
      </td>
      {wide && (
        <td>
          <Way decision={decision} label="" />
        </td>
      )}
    </tr>
  );
}

function Reasons({ decision }: { decision: Decision | null }) {
  if (decision === null) return <p className="quiet">{words.projects.noDecision}</p>;
  if (decision.reasons.length === 0) {
    return <p className="quiet">{sentence(decision.bindingReason ?? words.projects.allowed)}</p>;
  }
  return (
    <ol className="reasons">
      {decision.reasons.map((reason, index) => (
        <li key={`${reason.code}/${index}`} className={index === 0 ? undefined : 'quiet'}>
          <Prose text={sentence(reason.text)} /> <code className="reason-code">{plainText(reason.code)}</code>
        </li>
      ))}
    </ol>
  );
}

function Way({ decision, label }: { decision: Decision | null; label: string }) {
  if (decision === null || decision.cheapestWayToPass === null) return null;
  const retry = retryText(decision, words);
  return (
    <p>
      {label !== '' && <span className="quiet">{label}</span>}
      <Prose text={sentence(decision.cheapestWayToPass, label === '')} />
      {retry !== null && <span className="quiet"> {retry}</span>}
    </p>
  );
}
