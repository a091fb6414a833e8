import { answerAction } from '../action-answer.ts';
import { USUAL, type AlertRule } from '../alert-rule.ts';

export const safeguardsDue: AlertRule = {
  ...USUAL,
  code: 'safeguards-due',
  severity: 'critical',
  summary: 'Safeguards are about to begin, since the power is nearly gone.',
  clears: 'They have begun, are called off, or the power is back.',
  rearms: 'external-power',
  passes: true,
  find({ snapshot }) {
    return (snapshot.actions ?? [])
      .filter(({ kind, state }) => kind === 'safeguard' && state === 'counting')
      .map(({ id, cause, text, beganAt }) => ({
        key: id,
        project: null,
        title: 'Safeguards are about to begin',
        text: `${cause}. ${text}`,
        sinceMs: Date.parse(beganAt),
        actions: [answerAction(id, 'cancel', 'Call it off')],
      }));
  },
};
