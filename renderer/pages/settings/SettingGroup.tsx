import { Chevron } from '../../components/Signs.tsx';
import { Prose } from '../../components/Prose.tsx';
import type { SettingsDraft, SettingsDraftState } from '../../store/settings-draft.ts';
import { plainText } from '../../view/plain-text.ts';
import type { SettingGroupView, SettingOffView } from '../../view/setting-view.ts';
import { words } from '../../words/words.ts';
import { SettingRow } from './SettingRow.tsx';

interface SettingGroupProps {
  readonly group: SettingGroupView;
  readonly desk: SettingsDraft;
  readonly state: SettingsDraftState;
  readonly canAct: boolean;
  readonly isOpen: boolean;
}

/** Settings that belong together; one of several of its kind is folded away. */
export function SettingGroup({ group, desk, state, canAct, isOpen }: SettingGroupProps) {
  const said = words.settingsPage;
  const title = plainText(group.title);
  const isGoing = state.drafts.get(group.path)?.kind === 'remove';
  const problem = group.path === '' ? undefined : state.problems.get(group.path);
  return (
    <details className="panel setting-group" open={isOpen} key={String(isOpen)}>
      <summary className="panel-head">
        <h2>{title}</h2>
        <Chevron />
      </summary>
      {group.help !== '' && (
        <p className="quiet">
          <Prose text={group.help} />
        </p>
      )}
      {problem !== undefined && <p className="field-error small">{plainText(problem)}</p>}
      {isGoing && <p>{said.willBeRemoved}</p>}
      {!isGoing && group.rows.length > 0 && (
        <ul className="setting-rows">
          {group.rows.map((row) =>
            row.kind === 'row' ? (
              <SettingRow key={row.path} row={row} desk={desk} state={state} canAct={canAct} />
            ) : (
              <OffRow key={row.path} row={row} desk={desk} canAct={canAct} />
            ),
          )}
        </ul>
      )}
      <GroupActs group={group} title={title} isGoing={isGoing} desk={desk} canAct={canAct} />
    </details>
  );
}

/** A group that is off, and the way to turn it on. */
function OffRow({ row, desk, canAct }: { row: SettingOffView; desk: SettingsDraft; canAct: boolean }) {
  const said = words.settingsPage;
  return (
    <li className="setting-row">
      <div className="setting-words">
        <p className="setting-label">{row.title}</p>
        <p className="quiet small">
          <Prose text={row.help} />
        </p>
      </div>
      <div className="setting-control">
        <span className="quiet">{said.groupOff}</span>
        <button
          type="button"
          className="button"
          aria-label={said.setUpOf(row.title)}
          disabled={!canAct}
          onClick={() => desk.set(row.path, { kind: 'set', value: row.first })}
        >
          {said.setUp}
        </button>
      </div>
    </li>
  );
}

function GroupActs(props: {
  group: SettingGroupView;
  title: string;
  isGoing: boolean;
  desk: SettingsDraft;
  canAct: boolean;
}) {
  const { group, title, isGoing, desk, canAct } = props;
  const said = words.settingsPage;
  const next = group.nextItemPath;
  if (!group.canTurnOff && !group.isItem && next === null) return null;
  return (
    <p className="setting-acts">
      {group.canTurnOff && (
        <button
          type="button"
          className="button"
          aria-label={said.turnOffOf(title)}
          disabled={!canAct}
          onClick={() => desk.set(group.path, { kind: 'set', value: null })}
        >
          {said.turnOff}
        </button>
      )}
      {group.isItem && (
        <button
          type="button"
          className="button"
          aria-label={isGoing ? said.keepItemOf(title) : said.removeItemOf(title)}
          disabled={!canAct}
          onClick={() => (isGoing ? desk.undo(group.path) : desk.set(group.path, { kind: 'remove' }))}
        >
          {isGoing ? said.keepItem : said.removeItem}
        </button>
      )}
      {next !== null && (
        <button
          type="button"
          className="button"
          aria-label={said.addItemOf(title)}
          disabled={!canAct}
          onClick={() => desk.set(next, { kind: 'set', value: {} })}
        >
          {said.addItem}
        </button>
      )}
    </p>
  );
}
