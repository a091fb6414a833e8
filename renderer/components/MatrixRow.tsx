import type { ProjectState } from '../../shared/contract/state.ts';
import type { ChangeType } from '../../shared/contract/vocabulary.ts';
import { VERDICT_WORDS } from '../../shared/view/verdict-words.ts';
import { addressOf, pageAddress } from '../connection/page-route.ts';
import { decisionFor } from '../view/permission.ts';
import { plainText, sentence } from '../view/plain-text.ts';
import { projectFacts, projectName, projectPhrase, verdictOf } from '../view/project-view.ts';
import { words } from '../words/words.ts';
import { DecisionWords } from './DecisionWords.tsx';
import { ProblemLine } from './ProblemLine.tsx';
import { ScoreList } from './ScoreList.tsx';
import { VerdictMark } from './VerdictMark.tsx';

interface MatrixRowProps {
  readonly project: ProjectState;
  readonly changes: readonly ChangeType[];
  /** The kind of change whose reason is told. */
  readonly pointed: ChangeType;
  readonly onPoint: (change: ChangeType) => void;
  readonly sinceSeconds: number;
}

/** A project's verdicts, and below them the reason for one. */
export function MatrixRow({ project, changes, pointed, onPoint, sinceSeconds }: MatrixRowProps) {
  const name = plainText(projectName(project, words));
  const decision = decisionFor(project, pointed);
  const verdict = VERDICT_WORDS[verdictOf(project, pointed)].title.toLowerCase();
  return (
    <tbody data-project={project.id}>
      <tr>
        <th scope="row">
          <a href={pageAddress(project.id)}>
            <bdi>{name}</bdi>
          </a>
        </th>
        {changes.map((change) => (
          <td key={change}>
            <MatrixCell
              project={project}
              name={name}
              change={change}
              isPointed={change === pointed}
              onPoint={() => onPoint(change)}
            />
          </td>
        ))}
      </tr>
      <tr>
        <td className="matrix-why" colSpan={changes.length + 1}>
          <p className="matrix-phrase">
            {pointed === project.defaultChange
              ? projectPhrase(project, words)
              : words.matrix.about(words.projects.changes[pointed], verdict)}
          </p>
          <DecisionWords decision={decision} brief={false} sinceSeconds={sinceSeconds} />
          <ProblemLine project={project} brief={false} />
          <ScoreList project={project} />
          <p className="quiet small">{projectFacts(project, words).join(' · ')}</p>
        </td>
      </tr>
    </tbody>
  );
}

/** Leads to the decision itself; a kind that was not judged leads nowhere. */
function MatrixCell(props: {
  project: ProjectState;
  name: string;
  change: ChangeType;
  isPointed: boolean;
  onPoint: () => void;
}) {
  const { project, name, change, isPointed, onPoint } = props;
  const decision = decisionFor(project, change);
  const verdict = verdictOf(project, change);
  const { title } = VERDICT_WORDS[verdict];
  if (decision === null) return <span className="quiet">{words.matrix.none}</span>;
  const why = decision.bindingReason === null ? words.projects.allowed : sentence(decision.bindingReason);
  return (
    <a
      className="matrix-cell"
      href={addressOf('decision', { id: decision.id })}
      data-change={change}
      data-verdict={verdict}
      data-pointed={isPointed}
      tabIndex={isPointed ? 0 : -1}
      aria-label={words.matrix.cell(name, words.projects.changes[change], title, why)}
      onFocus={onPoint}
      onPointerEnter={onPoint}
    >
      <VerdictMark verdict={verdict} />
      <span>{title}</span>
    </a>
  );
}
