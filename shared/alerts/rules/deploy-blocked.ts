import { CHANGE_NOUNS } from '../../view/verdict-words.ts';
import { USUAL, type AlertRule } from '../alert-rule.ts';
import { capital, sentence, sentences } from '../words.ts';

/** Whoever asked was told at once; this tells a person who did not watch. */
export const deployBlocked: AlertRule = {
  ...USUAL,
  code: 'deploy-blocked',
  severity: 'warning',
  summary: 'A gate was asked in the last ten minutes and blocked.',
  clears: 'Ten minutes without such an answer.',
  isNews: true,
  find({ blockedAsks }) {
    const newest = new Map<string, (typeof blockedAsks)[number]>();
    for (const ask of blockedAsks) {
      const key = `${ask.project}/${ask.change}`;
      if (!newest.has(key)) newest.set(key, ask);
    }
    return [...newest].map(([key, ask]) => ({
      key,
      project: ask.project,
      title: `${ask.project}: ${CHANGE_NOUNS[ask.change]} blocked`,
      text: sentences(sentence(ask.bindingReason), sentence(capital(ask.cheapestWayToPass ?? ''))),
      sinceMs: ask.atMs,
    }));
  },
};
