import type { ProjectState } from '../../shared/contract/state.ts';
import { plainText } from '../view/plain-text.ts';
import { scoreViews } from '../view/project-view.ts';
import { words } from '../words/words.ts';

export function ScoreList(props: { project: ProjectState }) {
  const scores = scoreViews(props.project, words);
  if (scores.length === 0) return <p className="quiet small">{words.projects.noScores}</p>;
  return (
    <dl className="scores">
      {scores.map((score) => (
        <div key={score.name} className="score">
          <dt>{plainText(score.label)}</dt>
          <dd className={score.hasData ? 'score-value' : 'score-value quiet'}>{plainText(score.value)}</dd>
          {score.share !== null && (
            <dd className="score-bar" aria-hidden="true">
              <span style={{ width: `${score.share}%` }} />
            </dd>
          )}
        </div>
      ))}
    </dl>
  );
}
