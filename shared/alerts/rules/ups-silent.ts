import { USUAL, type AlertRule } from '../alert-rule.ts';
import { capital, sentence, sentences } from '../words.ts';

/** Behaviour 10: three missed polls are already behind it; a reminder at most every 300 s. */
export const upsSilent: AlertRule = {
  ...USUAL,
  code: 'ups-silent',
  severity: 'warning',
  summary: 'A UPS does not answer.',
  clears: 'The UPS answers again.',
  rearms: 5 * 60_000,
  repeatMs: 300_000,
  find({ snapshot }) {
    return snapshot.energy.ups
      .filter((ups) => ups.problem !== null)
      .map((ups) => {
        const seen =
          ups.readAt === null
            ? 'It has not answered yet.'
            : ups.onBattery === true
              ? 'Last seen on battery: the worst is assumed.'
              : 'Last seen on line.';
        return {
          key: ups.name,
          project: null,
          title: 'UPS not answering',
          text: sentences(seen, sentence(`${ups.name}: ${capital(ups.problem ?? '')}`)),
        };
      });
  },
};
