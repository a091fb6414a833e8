/** What a row of the outbox is about, as far as merging is concerned. */
export interface QueuedWord {
  readonly kind: 'state' | 'event';
  readonly state: 'waiting' | 'sending' | 'unsure' | 'sent' | 'dead';
  readonly body: string;
}

/**
 * What becomes of a new word under a key, given the newest row of that key: of states the newest wins and replaces one
 * that waits, one that is already on its way or was told is not told again; events are never merged. An event between
 * two states keeps both, or the second state would overtake it.
 */
export function coalesced(
  last: QueuedWord | null,
  next: Pick<QueuedWord, 'kind' | 'body'>,
): 'add' | 'replace' | 'known' {
  if (next.kind === 'event' || last?.kind !== 'state') return 'add';
  if (last.state === 'dead' || last.state === 'unsure') return 'add';
  if (last.body === next.body) return 'known';
  return last.state === 'waiting' ? 'replace' : 'add';
}
