import { USUAL, type AlertRule } from '../alert-rule.ts';

/** Behaviour 28: shown at the next start. The note stands until the core ends. */
export const hookSkipped: AlertRule = {
  ...USUAL,
  code: 'hook-skipped',
  severity: 'info',
  summary: 'Git hooks ran while the core did not, and were skipped.',
  clears: 'The next start of the core.',
  rearms: 1_000,
  channels: ['desktop'],
  isNews: true,
  find({ snapshot }) {
    return snapshot.notes
      .filter(({ code }) => code === 'gates-skipped')
      .map(({ text }) => ({ key: '', project: null, title: 'A gate was skipped', text }));
  },
};
