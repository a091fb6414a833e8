import type { NoticeDraft } from '../../shared/alerts/notice-draft.ts';
import type { NoticeWords } from '../../shared/alerts/notice-words.ts';
import type { Notice, NoticeAction } from '../../shared/contract/alert.ts';

/** The `alert` event of a notice, for this person's own screen. */
export function noticeEvent(draft: NoticeDraft, words: NoticeWords, desktop: Notice['desktop']): Notice {
  const { code, severity, title, text, project, sinceMs } = words;
  return {
    schemaVersion: 1,
    id: draft.id,
    kind: draft.kind,
    code,
    severity,
    title,
    text,
    project,
    since: new Date(sinceMs).toISOString(),
    at: new Date(draft.atMs).toISOString(),
    replaces: draft.replaces,
    silent: draft.silent,
    desktop,
    actions: actionsOf(draft, words),
  };
}

/** Where it leads, what can be done at once, and for what may wait a way to be left alone. */
function actionsOf({ parts }: NoticeDraft, { project, severity }: NoticeWords): NoticeAction[] {
  const address = project === null ? '#/alerts' : `#${new URLSearchParams({ project }).toString()}`;
  const show: NoticeAction = { id: 'open', label: 'Show', does: { kind: 'open', address } };
  const [only] = parts;
  // Buttons of one alert only: of several nobody could tell which is meant, and what is over needs no answer.
  const own = parts.length === 1 && only?.isOver === false ? (only.actions ?? []) : [];
  if (severity === 'critical' || own.length > 0) return [...own, show];
  const body = { forMinutes: 60 };
  return [
    show,
    {
      id: 'quiet',
      label: 'Quiet for an hour',
      does: { kind: 'request', method: 'PUT', path: '/v1/alerts/quiet', body },
    },
  ];
}
