interface Refusal {
  readonly said: RegExp;
  readonly sentence: string;
}

/** GitHub's own words are those of its program; these say what a person can do (5-integrations 2.3). */
const REFUSALS: readonly Refusal[] = [
  {
    said: /clean status/i,
    sentence:
      'nothing holds this pull request up, and GitHub switches auto-merge on only for one that waits: merge it by hand, or require the check orchestrator/deploy-gate in a branch rule',
  },
  {
    said: /unstable status/i,
    sentence:
      'checks of this pull request failed or still run, but none of them is required: require one in a branch rule',
  },
  {
    said: /auto.?merge is not (?:allowed|enabled) for this (?:repository|branch)|auto.?merge is disabled/i,
    sentence: 'the repository does not allow it: switch on "Allow auto-merge" in its settings',
  },
  {
    said: /protected branch rules? not configured/i,
    sentence: 'the branch has no rule with a requirement: add one in the settings of the repository',
  },
  {
    said: /head (?:branch|sha|oid|ref) (?:was|has been) modified|expected head/i,
    sentence: 'the pull request has another commit by now, which is judged anew',
  },
  {
    said: /(?:draft|dirty) (?:status|state)|is (?:a|in) draft/i,
    sentence: 'the pull request is a draft or does not fit its branch: mend it first',
  },
];

/** Why auto-merge was not switched on, for a person; null where GitHub's words are not known. */
export function autoMergeRefusal(said: string): string | null {
  const known = REFUSALS.find((one) => one.said.test(said));
  return known === undefined ? null : `auto-merge was not switched on: ${known.sentence}`;
}

/** Switching off what is off, merged or closed: there is nothing left to do. */
export function isOffAlready(said: string): boolean {
  return /can'?t disable auto.?merge|auto.?merge is not enabled|already (?:been )?(?:merged|closed)|is (?:merged|closed)/i.test(
    said,
  );
}
