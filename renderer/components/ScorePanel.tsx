import type { ProjectState } from '../../shared/contract/state.ts';
import { plainText, sentence } from '../view/plain-text.ts';
import { projectFacts, scoreViews } from '../view/project-view.ts';
import type { ScoreView } from '../view/project-view.ts';
import { scoreDetailView } from '../view/score-detail-view.ts';
import type { ScoreDetailView, ScoreInputView } from '../view/score-detail-view.ts';
import { words } from '../words/words.ts';
import { Panel } from './Panel.tsx';
import { Warning } from './Signs.tsx';

interface ScorePanelProps {
  readonly project: ProjectState;
  readonly wide: boolean;
  readonly sinceSeconds: number;
}

/** Each score with its bar, how it moved, and what it was measured from. */
export function ScorePanel({ project, wide, sinceSeconds }: ScorePanelProps) {
  const scores = scoreViews(project, words);
  const mode = project.mode === null ? words.projects.modeUnknown : words.projects.healthModes[project.mode];
  return (
    <Panel title={words.page.scores.name} summary={mode} wide={wide}>
      {scores.length === 0 && <p className="quiet small">{words.projects.noScores}</p>}
      {scores.map((score) => {
        const detail = project.scoreDetails?.[score.name];
        const view = detail === undefined ? null : scoreDetailView(detail, sinceSeconds, words);
        return <ScoreBlock key={score.name} score={score} detail={view} />;
      })}
      <p className="quiet small">{projectFacts(project, words).join(' · ')}</p>
    </Panel>
  );
}

function ScoreBlock({ score, detail }: { score: ScoreView; detail: ScoreDetailView | null }) {
  const label = plainText(score.label);
  return (
    <section className="score-block" aria-label={label}>
      <div className="score score-large">
        <h3>{label}</h3>
        <span className={score.hasData ? 'score-value' : 'score-value quiet'}>{plainText(score.value)}</span>
        {score.share !== null && (
          <span className="score-bar" aria-hidden="true">
            <span style={{ width: `${score.share}%` }} />
          </span>
        )}
      </div>
      {detail !== null && (
        <>
          {detail.change !== null && <p className="small">{sentence(detail.change)}</p>}
          <p className="quiet small">{sentence(detail.basis)}</p>
          {detail.inputs.length > 0 && (
            <ul className="score-inputs" aria-label={words.page.scores.inputs(label)}>
              {detail.inputs.map((input) => (
                <InputRow key={`${input.name}/${input.facts}`} input={input} />
              ))}
            </ul>
          )}
        </>
      )}
    </section>
  );
}

function InputRow({ input }: { input: ScoreInputView }) {
  return (
    <li className="small">
      <div className="row-main">
        <span className="row-name">
          {input.name}
          {input.detail !== null && <span className="quiet"> · {plainText(input.detail)}</span>}
        </span>
        <span className={input.hasData ? 'row-value' : 'row-value quiet'}>{input.value}</span>
      </div>
      <p className="quiet">{input.facts}</p>
      {input.problem !== null && (
        <p className="problem">
          <Warning />
          <span>{plainText(input.problem)}</span>
        </p>
      )}
    </li>
  );
}
