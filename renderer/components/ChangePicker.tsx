import { useId } from 'react';

import type { ProjectState } from '../../shared/contract/state.ts';
import type { ChangeType } from '../../shared/contract/vocabulary.ts';
import { VERDICT_WORDS } from '../../shared/view/verdict-words.ts';
import { decisionFor } from '../view/permission.ts';
import { changesOf, projectName, verdictOf } from '../view/project-view.ts';
import { words } from '../words/words.ts';
import { VerdictMark } from './VerdictMark.tsx';

interface ChangePickerProps {
  readonly project: ProjectState;
  readonly chosen: ChangeType;
  readonly onChoose: (change: ChangeType) => void;
}

/** One cell a kind of change, each with its verdict; the chosen one's reasons are told below. */
export function ChangePicker({ project, chosen, onChoose }: ChangePickerProps) {
  const group = useId();
  return (
    <fieldset className="changes">
      <legend className="visually-hidden">{words.projects.changesName(projectName(project, words))}</legend>
      {changesOf(project).map((change) => {
        const verdict = verdictOf(project, change);
        return (
          <label
            key={change}
            className="change"
            data-verdict={verdict}
            title={decisionFor(project, change)?.bindingReason ?? undefined}
          >
            <input
              type="radio"
              name={group}
              value={change}
              checked={change === chosen}
              onChange={() => onChoose(change)}
            />
            <VerdictMark verdict={verdict} />
            <span>
              <span className="change-name">{words.projects.changes[change]}</span>
              <span className="change-verdict">{VERDICT_WORDS[verdict].title}</span>
            </span>
          </label>
        );
      })}
    </fieldset>
  );
}
