import { USUAL, type AlertRule } from '../alert-rule.ts';
import { roundWatts } from '../words.ts';

/** Behaviour 7. Steadiness has already waited: a level below FULL while the cord is in is a charger out-drawn. */
export const weakCharger: AlertRule = {
  ...USUAL,
  code: 'weak-charger',
  severity: 'warning',
  summary: 'Plugged in, and the battery falls all the same.',
  clears: 'Three minutes of net charge, or another charger.',
  rearms: 60 * 60_000,
  find({ snapshot }) {
    const { level, onExternalPower, batteryPresent, netPowerW } = snapshot.energy;
    if (onExternalPower !== true || !batteryPresent || level === 'FULL' || level === 'UNKNOWN') return [];
    const drain = netPowerW !== null && netPowerW < 0 ? ` ${roundWatts(netPowerW)}` : '';
    return [
      {
        key: '',
        project: null,
        title: `Plugged in, still draining${drain}`,
        text: 'This charger is too weak; treated as battery.',
      },
    ];
  },
};
