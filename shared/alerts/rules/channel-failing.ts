import { USUAL, type AlertRule } from '../alert-rule.ts';
import { capital, sentence } from '../words.ts';

const NAMES = { desktop: 'Desktop notices', slack: 'Slack', email: 'E-mail' } as const;

/** A channel that needs a person, or has tried in vain for a quarter of an hour. */
export const channelFailing: AlertRule = {
  ...USUAL,
  code: 'channel-failing',
  severity: 'warning',
  summary: 'A channel does not get its notices out.',
  clears: 'New settings or a new secret for it, or a test that arrives.',
  rearms: 6 * 60 * 60_000,
  find({ channelTroubles }) {
    return channelTroubles.map(({ name, state, why }) => {
      const next =
        state === 'stopped'
          ? 'Notices wait; mend it in the settings and send a test.'
          : 'Notices wait and are sent when it answers.';
      return {
        key: name,
        project: null,
        title: state === 'stopped' ? `${NAMES[name]} stopped` : `${NAMES[name]} not reached`,
        text: `${sentence(capital(why))} ${next}`,
      };
    });
  },
};
