import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand/react';

import { PageFrame } from '../../components/PageFrame.tsx';
import { createSettingsDraft, draftedValues } from '../../store/settings-draft.ts';
import { plainText } from '../../view/plain-text.ts';
import { countRows, foundSettings, settingGroups } from '../../view/setting-view.ts';
import { words } from '../../words/words.ts';
import type { PageParts } from '../page-parts.ts';
import { SaveBar } from './SaveBar.tsx';
import { SecretPanel } from './SecretPanel.tsx';
import { SettingGroup } from './SettingGroup.tsx';
import './settings.css';

/** Every key of the settings file, found by its words, checked as it is typed and written with the others. */
export default function SettingsPage(parts: PageParts) {
  const { ask, clock } = parts;
  const [desk] = useState(() => createSettingsDraft({ ask, clock }));
  const state = useStore(desk.store);
  const canAct = useStore(parts.store, ({ connection }) => connection.kind === 'live');
  const [query, setQuery] = useState('');
  useEffect(() => desk.open(), [desk]);
  const said = words.settingsPage;
  const { reply, drafts } = state;
  const groups = useMemo(
    () =>
      reply.kind === 'ready' ? settingGroups(reply.value, draftedValues(reply.value, drafts), words) : [],
    [reply, drafts],
  );
  const found = foundSettings(groups, query);
  const count = countRows(found);
  return (
    <PageFrame parts={parts} title={words.shell.pages.settings}>
      {reply.kind === 'loading' && <p className="panel quiet">{said.loading}</p>}
      {reply.kind === 'failed' && (
        <p className="panel failed">
          <span>{words.page.failed}</span>
          <button type="button" className="button" onClick={() => desk.open()}>
            {words.page.retry}
          </button>
        </p>
      )}
      {reply.kind === 'ready' && (
        <>
          <section className="panel settings-top" aria-label={said.search}>
            <p className="quiet small">
              {said.lead} <code className="settings-file">{plainText(reply.value.file)}</code>
            </p>
            {reply.value.problems.length > 0 && (
              <div role="alert">
                <p>{said.broken}</p>
                {reply.value.problems.map((problem) => (
                  <p key={problem} className="small">
                    {plainText(problem)}
                  </p>
                ))}
              </div>
            )}
            <div className="field settings-search">
              <input
                type="search"
                aria-label={said.search}
                placeholder={said.search}
                value={query}
                onChange={(event) => setQuery(event.currentTarget.value)}
              />
              <span className="quiet small" role="status">
                {count === 0 ? said.none : said.found(count)}
              </span>
            </div>
          </section>
          {found.map((group) => (
            <SettingGroup
              key={group.path}
              group={group}
              desk={desk}
              state={state}
              canAct={canAct}
              isOpen={query.trim() !== '' || !group.isItem}
            />
          ))}
          {query.trim() === '' && <SecretPanel parts={parts} canAct={canAct} />}
          <SaveBar desk={desk} state={state} groups={groups} canAct={canAct} />
        </>
      )}
    </PageFrame>
  );
}
