import { useId } from 'react';

import { Prose } from '../../components/Prose.tsx';
import type { SettingsDraft, SettingsDraftState } from '../../store/settings-draft.ts';
import { sentence } from '../../view/plain-text.ts';
import type { SettingRowView } from '../../view/setting-view.ts';
import { settingHint } from '../../view/setting-words.ts';
import { words } from '../../words/words.ts';
import { SettingControl } from './SettingControl.tsx';

interface SettingRowProps {
  readonly row: SettingRowView;
  readonly desk: SettingsDraft;
  readonly state: SettingsDraftState;
  readonly canAct: boolean;
}

/** One setting: what it means, what it may be, what it is, and what is wrong with what was typed. */
export function SettingRow({ row, desk, state, canAct }: SettingRowProps) {
  const id = useId();
  const said = words.settingsPage;
  const draft = state.drafts.get(row.path);
  const problem = state.problems.get(row.path);
  const isGoing = draft?.kind === 'default';
  const value = isGoing || row.value === undefined ? row.defaultValue : row.value;
  const canReset = draft === undefined && row.isSet && row.field.kind !== 'fixed';
  const marks = [
    draft === undefined ? (row.isSet ? said.own : said.atDefault) : said.changed,
    ...(row.needsRestart ? [said.restart] : []),
  ];
  const describedBy = [`${id}-help`, ...(problem === undefined ? [] : [`${id}-problem`])].join(' ');
  return (
    <li className="setting-row" data-changed={draft !== undefined}>
      <div className="setting-words">
        <p className="setting-label">
          <label htmlFor={id}>{row.label}</label>
          <span className="quiet small">{marks.join(' · ')}</span>
        </p>
        <div id={`${id}-help`} className="quiet small">
          <p>
            <Prose text={row.help} /> {settingHint(row, words)}
          </p>
          {row.isHidden && draft === undefined && <p>{said.hidden}</p>}
          {isGoing && <p>{said.willBeDefault}</p>}
        </div>
        <code className="setting-path">{row.path}</code>
      </div>
      <div className="setting-control field">
        <SettingControl
          id={id}
          field={row.field}
          value={value}
          isWrong={problem !== undefined}
          describedBy={describedBy}
          canAct={canAct}
          onChange={(next) => desk.set(row.path, { kind: 'set', value: next })}
        />
        {problem !== undefined && (
          <p id={`${id}-problem`} className="field-error small">
            {sentence(problem)}
          </p>
        )}
        {draft !== undefined && (
          <button
            type="button"
            className="quiet-button"
            aria-label={said.undoOf(row.label)}
            onClick={() => desk.undo(row.path)}
          >
            {said.undo}
          </button>
        )}
        {canReset && (
          <button
            type="button"
            className="quiet-button"
            aria-label={said.toDefaultOf(row.label)}
            disabled={!canAct}
            onClick={() => desk.set(row.path, { kind: 'default' })}
          >
            {said.toDefault}
          </button>
        )}
      </div>
    </li>
  );
}
