import { USUAL, type AlertRule } from '../alert-rule.ts';

export const actionFailed: AlertRule = {
  ...USUAL,
  code: 'action-failed',
  severity: 'warning',
  summary: 'Throttling, its undo or a safeguard failed.',
  clears: 'An hour, or an undo that is done.',
  find({ snapshot }) {
    return (snapshot.actions ?? [])
      .filter(({ state }) => state === 'failed' || state === 'undo-failed')
      .map(({ id, project, title, text }) => ({ key: id, project, title: `${title}: failed`, text }));
  },
};
