import { USUAL, type AlertRule } from '../alert-rule.ts';

export const recordProblem: AlertRule = {
  ...USUAL,
  code: 'record-problem',
  severity: 'warning',
  summary: 'The record could not be opened, or was set aside.',
  clears: 'The next start of the core, when it can be opened.',
  rearms: 24 * 60 * 60_000,
  find({ snapshot }) {
    return snapshot.notes
      .filter(({ code }) => code === 'record')
      .map(({ text }) => ({ key: '', project: null, title: 'The record has a problem', text }));
  },
};
