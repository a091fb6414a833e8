import { useStore } from 'zustand/react';

import type { Action } from '../../../shared/contract/remediation.ts';
import type { ActionVerb } from '../../../shared/contract/vocabulary.ts';
import { ageText } from '../../../shared/view/quantities.ts';
import { useAct } from '../../components/act.ts';
import { Panel } from '../../components/Panel.tsx';
import { Prose } from '../../components/Prose.tsx';
import { pageAddress } from '../../connection/page-route.ts';
import { instantAgeSeconds } from '../../store/selectors.ts';
import { plainText, sentence } from '../../view/plain-text.ts';
import { words } from '../../words/words.ts';
import type { PageParts } from '../page-parts.ts';

const { actionsPanel: said } = words;

/** What the core did by itself and asks leave for: open, and ended within the hour. Nothing where there is none. */
export function ActionsPanel({ parts }: { readonly parts: PageParts }) {
  const actions = useStore(parts.store, ({ snapshot }) => snapshot?.actions);
  if (actions === undefined || actions.length === 0) return null;
  return (
    <Panel title={said.title} summary={String(actions.length)} wide={parts.wide} open>
      <ul className="jobs">
        {actions.map((action) => (
          <ActionRow key={action.id} action={action} parts={parts} />
        ))}
      </ul>
    </Panel>
  );
}

const UNWELL: readonly Action['state'][] = ['failed', 'undo-failed', 'not-helped', 'asking', 'counting'];

function ActionRow({ action, parts }: { readonly action: Action; readonly parts: PageParts }) {
  const state = useStore(parts.store);
  const { project, title, cause, text, undo, beganAt } = action;
  return (
    <li className="job">
      <svg className="sign" viewBox="0 0 16 16" aria-hidden="true">
        <path d={UNWELL.includes(action.state) ? 'M8 3.5v5.5M8 11.75v.5' : 'M3.5 8.5l3 3 6-7'} />
      </svg>
      <div className="job-body">
        <h3>{plainText(title)}</h3>
        <p>
          <strong>{said.states[action.state]}</strong>
          {' · '}
          {project === null ? (
            said.machine
          ) : (
            <a href={pageAddress(project)}>
              <bdi>{plainText(project)}</bdi>
            </a>
          )}
        </p>
        <p>
          <Prose text={sentence(said.because(plainText(cause)))} />
        </p>
        <p>
          <Prose text={plainText(text)} />
        </p>
        <p className="quiet small">
          {[
            words.jobsPage.began(ageText(instantAgeSeconds(state, beganAt) ?? 0)),
            said.undo(plainText(undo)),
          ].join(' · ')}
        </p>
      </div>
      <ActionAnswers action={action} parts={parts} />
    </li>
  );
}

function ActionAnswers({ action, parts }: { readonly action: Action; readonly parts: PageParts }) {
  const act = useAct();
  const isLive = useStore(parts.store, ({ connection }) => connection.kind === 'live');
  const answer = (verb: ActionVerb): Promise<boolean> =>
    act.run(() => parts.ask('POST', `/v1/actions/${encodeURIComponent(action.id)}/${verb}`), said.answered);
  const text = act.refusal === null ? (act.done ?? '') : act.refusal.text;
  if (action.can.length === 0 && text === '') return null;
  return (
    <div className="job-acts">
      <fieldset disabled={!isLive || act.isBusy}>
        <legend className="visually-hidden">{said.name(plainText(action.title))}</legend>
        {action.can.map((verb) => (
          <button key={verb} type="button" className="button" onClick={() => void answer(verb)}>
            {said.verbs[verb]}
          </button>
        ))}
      </fieldset>
      <p className="small" role="status">
        {text}
      </p>
    </div>
  );
}
