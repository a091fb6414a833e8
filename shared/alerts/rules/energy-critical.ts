import { USUAL, type AlertRule } from '../alert-rule.ts';
import { chargeTitle, forecastSentence, sentences } from '../words.ts';

/** Passes limits and quiet hours once a discharge (behaviours 23, 24). */
export const energyCritical: AlertRule = {
  ...USUAL,
  code: 'energy-critical',
  severity: 'critical',
  summary: 'The level fell to CRITICAL.',
  clears: 'Power from outside.',
  rearms: 'external-power',
  passes: true,
  tag: 'energy',
  find({ snapshot }) {
    if (snapshot.energy.level !== 'CRITICAL') return [];
    const held =
      snapshot.jobs.length > 0 ? 'Jobs are being paused.' : 'Only fixes go, each confirmed by you.';
    const text = sentences(held, 'Plug in.', forecastSentence(snapshot));
    return [{ key: '', project: null, title: chargeTitle(snapshot), text }];
  },
};
