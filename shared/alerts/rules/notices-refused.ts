import { USUAL, type AlertRule } from '../alert-rule.ts';
import { capital, sentence, sentences } from '../words.ts';

/** Behaviour 25. It cannot be told by a notice: the badge and the doctor say it, and the other channels. */
export const noticesRefused: AlertRule = {
  ...USUAL,
  code: 'notices-refused',
  severity: 'warning',
  summary: 'This desktop shows no notices.',
  clears: 'A notice that was shown, such as the test in the settings.',
  rearms: 24 * 60 * 60_000,
  channels: ['slack', 'email'],
  find({ noticesRefused: why }) {
    if (why === null) return [];
    const text = sentences(
      sentence(capital(why)),
      'Allow notices for this program, then test them in the settings.',
    );
    return [{ key: '', project: null, title: 'Notices are not shown', text }];
  },
};
