import { USUAL, type AlertRule } from '../alert-rule.ts';
import { capital, sentence, sentences } from '../words.ts';

export const energyUnknown: AlertRule = {
  ...USUAL,
  code: 'energy-unknown',
  severity: 'warning',
  summary: 'The power cannot be read.',
  clears: 'A good reading.',
  // A start and a wake-up are UNKNOWN for seconds.
  visibleAfterMs: 30_000,
  find({ snapshot }) {
    const { level, why } = snapshot.energy;
    if (level !== 'UNKNOWN') return [];
    const text = sentences(sentence(capital(why)), 'Fixes go with a warning, nothing expensive starts.');
    return [{ key: '', project: null, title: "The power can't be read", text }];
  },
};
