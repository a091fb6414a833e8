import type { AlertSeverity } from '../shared/contract/vocabulary.ts';

/** One notice as a desktop shows it. */
export interface ScreenNotice {
  /** Takes the place of a shown notice of the same tag. */
  readonly tag: string;
  readonly title: string;
  readonly text: string;
  readonly severity: AlertSeverity;
  readonly silent: boolean;
  /** The first is what a click on the notice itself does. */
  readonly actions: readonly { readonly id: string; readonly label: string }[];
}

/** Where notices appear. */
export interface NoticeScreen {
  /**
   * Shows it. Resolves within about 2 s: null once the system said that it is shown, else one sentence on why not
   * (behaviour 25). Never throws. `onAct` hears of the action that the person chose.
   */
  show(notice: ScreenNotice, onAct: (actionId: string) => void): Promise<string | null>;
  /** Whether there is anything to show notices with; one sentence on why not. Never throws. */
  check(): Promise<string | null>;
  /** A service that was away is there. */
  onBack(listener: () => void): void;
  /** Resolves once nothing more can come. */
  stop(): Promise<void>;
}

/** A service that does not answer for so long shows nothing. */
export const ANSWER_LIMIT_MS = 2_000;
