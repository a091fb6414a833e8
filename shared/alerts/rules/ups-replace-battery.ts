import { USUAL, type AlertRule } from '../alert-rule.ts';

const DAY_MS = 24 * 60 * 60_000;

export const upsReplaceBattery: AlertRule = {
  ...USUAL,
  code: 'ups-replace-battery',
  severity: 'warning',
  summary: 'A UPS asks for a new battery.',
  clears: 'The UPS no longer asks.',
  visibleAfterMs: 60_000,
  clearsAfterMs: 10 * 60_000,
  rearms: DAY_MS,
  repeatMs: 7 * DAY_MS,
  find({ snapshot }) {
    return snapshot.energy.ups
      .filter((ups) => ups.replaceBattery && ups.problem === null)
      .map((ups) => ({
        key: ups.name,
        project: null,
        title: 'The UPS needs a new battery',
        text: `${ups.name} says so. It may not hold through a power cut.`,
      }));
  },
};
