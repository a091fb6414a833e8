import { minutesText } from '../../view/quantities.ts';
import { USUAL, type AlertRule } from '../alert-rule.ts';

/** `LB`, a forced shutdown, or under 300 s on battery (domain 1.1). Passes as CRITICAL does, once an outage. */
export const upsLow: AlertRule = {
  ...USUAL,
  code: 'ups-low',
  severity: 'critical',
  summary: 'The UPS is about to run out or to shut down.',
  clears: 'The UPS is on line again.',
  rearms: 'external-power',
  passes: true,
  find({ snapshot }) {
    return snapshot.energy.ups
      .filter(
        (ups) =>
          ups.feedsThisMachine &&
          (ups.forcedShutdown ||
            (ups.onBattery === true && (ups.lowBattery || (ups.runtimeSeconds ?? Infinity) < 300))),
      )
      .map((ups) => {
        const left =
          ups.runtimeSeconds === null
            ? ''
            : ` About ${minutesText(Math.floor(ups.runtimeSeconds / 60))} left.`;
        return {
          key: ups.name,
          project: null,
          title: ups.forcedShutdown ? 'The UPS is shutting down' : 'UPS battery low',
          text: `Save your work now.${left}`,
        };
      });
  },
};
