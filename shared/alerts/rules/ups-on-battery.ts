import { minutesText, percentText } from '../../view/quantities.ts';
import { USUAL, type AlertRule } from '../alert-rule.ts';

/** Blips under 6 s and self-tests never come here: steadiness keeps them (behaviour 9). */
export const upsOnBattery: AlertRule = {
  ...USUAL,
  code: 'ups-on-battery',
  severity: 'warning',
  summary: 'The mains failed; the UPS feeds this machine.',
  clears: 'The UPS is on line again.',
  rearms: 60_000,
  find({ snapshot }) {
    return snapshot.energy.ups
      .filter((ups) => ups.feedsThisMachine && ups.onBattery === true && ups.problem === null)
      .map((ups) => {
        const holds =
          ups.runtimeSeconds !== null
            ? `UPS holds about ${minutesText(Math.floor(ups.runtimeSeconds / 60))}.`
            : ups.chargePercent !== null
              ? `UPS at ${percentText(ups.chargePercent)}.`
              : 'The UPS does not say how long it holds.';
        return {
          key: ups.name,
          project: null,
          title: 'Power cut',
          text: `${holds} New deployments wait.`,
        };
      });
  },
};
