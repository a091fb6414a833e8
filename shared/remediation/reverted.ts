/** Trailer of a commit by which the core took another back. */
export const ROLLBACK_TRAILER = 'Orch-Rollback-Of';

/** One commit of a branch: its hash and whole message. */
export interface LoggedCommit {
  readonly commit: string;
  readonly message: string;
}

/**
 * The commit of a branch that took `commit` back and still stands; null when none does. Reads git's own sentence
 * ("This reverts commit ...") and our trailer, so that what a person did by hand counts too.
 *
 * @param log newest first, as far back as `commit`
 */
export function standingRevert(commit: string, log: readonly LoggedCommit[]): string | null {
  const undone = new Set<string>();
  for (const { commit: own, message } of log) {
    if (undone.has(own)) continue;
    const reverted = revertedBy(message);
    // Newest first: what took a revert back is met before the revert itself.
    for (const one of reverted) undone.add(one);
    if (reverted.includes(commit)) return own;
  }
  return null;
}

/** The commits that a message says it takes back. */
export function revertedBy(message: string): string[] {
  const found = [...message.matchAll(/\bThis reverts commit ([0-9a-f]{40,64})\b/g)].map(
    ([, sha]) => sha ?? '',
  );
  const trailers = [...message.matchAll(/^Orch-Rollback-Of: ([0-9a-f]{40,64})\s*$/gm)].map(
    ([, sha]) => sha ?? '',
  );
  return [...new Set([...found, ...trailers])];
}

/** The message of a revert made by the core. */
export function revertMessage(of: {
  commit: string;
  subject: string;
  isMerge: boolean;
  cause: string;
}): string {
  const { commit, subject, isMerge, cause } = of;
  const against = isMerge ? ', as it was merged' : '';
  return [
    `Revert "${subject}"`,
    `This reverts commit ${commit}${against}.`,
    `Rolled back because ${cause}.`,
    `${ROLLBACK_TRAILER}: ${commit}`,
  ].join('\n\n');
}
