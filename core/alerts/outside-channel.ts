import type { NoticeWords } from '../../shared/alerts/notice-words.ts';

/** One notice on its way to somewhere else. */
export interface OutsideMessage {
  /** The notice's own: a message sent twice carries it twice. */
  readonly id: string;
  readonly atMs: number;
  readonly words: NoticeWords;
}

export type Delivery =
  | { readonly kind: 'delivered' }
  /** Tried again by itself; `afterMs` is what the other side asked for, null when it asked for nothing. */
  | { readonly kind: 'later'; readonly why: string; readonly afterMs: number | null }
  /** Trying again would not help: a person is told. */
  | { readonly kind: 'stop'; readonly why: string };

/** Takes one message to one place. Never throws, never hangs, never tells a secret. */
export interface OutsideChannel {
  deliver(message: OutsideMessage): Promise<Delivery>;
}
