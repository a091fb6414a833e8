import { percentText } from '../../view/quantities.ts';
import { USUAL, type AlertRule } from '../alert-rule.ts';

export const upsOverload: AlertRule = {
  ...USUAL,
  code: 'ups-overload',
  severity: 'warning',
  summary: 'More is drawn from the UPS than it can give.',
  clears: 'The load is back within its limit.',
  visibleAfterMs: 15_000,
  clearsAfterMs: 60_000,
  rearms: 60 * 60_000,
  find({ snapshot }) {
    return snapshot.energy.ups
      .filter((ups) => ups.feedsThisMachine && ups.overload && ups.problem === null)
      .map((ups) => ({
        key: ups.name,
        project: null,
        title: 'The UPS is overloaded',
        text: `${ups.loadPercent === null ? 'It' : `At ${percentText(ups.loadPercent)} load it`} may switch off. Unplug what can wait.`,
      }));
  },
};
