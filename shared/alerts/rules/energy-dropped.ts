import { USUAL, type AlertRule } from '../alert-rule.ts';
import { chargeTitle, forecastSentence, sentences } from '../words.ts';

const CONSEQUENCES = {
  MEDIUM: 'One experiment at a time, everything else goes.',
  LOW: 'Features wait below 20\u202f%, fixes still go.',
} as const;

/** One notice a level and discharge: only external power re-arms it (behaviour 23). */
export const energyDropped: AlertRule = {
  ...USUAL,
  code: 'energy-dropped',
  severity: 'warning',
  summary: 'The level fell to LOW or, without being listed, to MEDIUM.',
  clears: 'Power from outside, or a higher level.',
  rearms: 'external-power',
  tag: 'energy',
  find({ snapshot }) {
    const { level, onExternalPower } = snapshot.energy;
    if (level !== 'LOW' && (level !== 'MEDIUM' || onExternalPower !== false)) return [];
    return [
      {
        key: level,
        project: null,
        title: chargeTitle(snapshot),
        text: sentences(CONSEQUENCES[level], forecastSentence(snapshot)),
        ...(level === 'MEDIUM' ? ({ severity: 'info', isListed: false } as const) : {}),
      },
    ];
  },
};
