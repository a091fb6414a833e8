import type { ChangeType } from '../contract/vocabulary.ts';

/** Change types as people speak of them. */
export const CHANGE_WORDS: Readonly<Record<ChangeType, string>> = {
  feature: 'features',
  fix: 'fixes',
  revert: 'reverts',
  safe: 'safe changes',
  experiment: 'experiments',
  infra: 'infrastructure changes',
};
