import { useEffect, useRef } from 'react';

import type { SettingsDraft, SettingsDraftState } from '../../store/settings-draft.ts';
import { sentence } from '../../view/plain-text.ts';
import type { SettingGroupView, SettingRowView } from '../../view/setting-view.ts';
import { words } from '../../words/words.ts';

interface SaveBarProps {
  readonly desk: SettingsDraft;
  readonly state: SettingsDraftState;
  readonly groups: readonly SettingGroupView[];
  readonly canAct: boolean;
}

/** How many changes wait, what is wrong with them, and the two ways out; after saving, that it was done. */
export function SaveBar({ desk, state, groups, canAct }: SaveBarProps) {
  const said = words.settingsPage;
  const { drafts, problems, saved, isSaving } = state;
  const done = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (saved !== null) done.current?.focus();
  }, [saved]);
  if (drafts.size === 0 && saved === null) return null;
  const rows = groups.flatMap((group) => group.rows).filter((row) => row.kind === 'row');
  if (saved !== null) {
    return (
      <section className="save-bar" aria-label={said.bar}>
        <p ref={done} className="act-done" tabIndex={-1}>
          {savedText(saved, rows)}
        </p>
      </section>
    );
  }
  const shown = new Set([...rows.map(({ path }) => path), ...groups.map(({ path }) => path)]);
  const others = [...problems].filter(([path]) => path === '' || !shown.has(path));
  return (
    <section className="save-bar" aria-label={said.bar}>
      <div role="status">
        <p>
          <strong>{said.pending(drafts.size)}</strong>
          {problems.size > 0 && <span className="quiet">{` · ${said.wrong(problems.size)}`}</span>}
        </p>
        {others.map(([path, text]) => (
          <p key={path} className="small">
            {path !== '' && <code>{path}</code>} {text === '' ? words.page.notReached : sentence(text)}
          </p>
        ))}
      </div>
      <div className="save-bar-acts">
        <button type="button" className="button" disabled={isSaving} onClick={() => desk.discard()}>
          {said.discard}
        </button>
        <button
          type="button"
          className="button button-main"
          disabled={!canAct || isSaving || problems.size > others.length}
          onClick={() => void desk.save()}
        >
          {said.save}
        </button>
      </div>
    </section>
  );
}

function savedText(saved: readonly string[], rows: readonly SettingRowView[]): string {
  const waiting = rows.filter(({ path, needsRestart }) => needsRestart && saved.includes(path));
  if (waiting.length === 0) return words.settingsPage.saved;
  return words.settingsPage.savedRestart(waiting.map(({ label }) => label).join(', '));
}
