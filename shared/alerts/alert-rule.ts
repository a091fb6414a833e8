import type { NoticeAction } from '../contract/alert.ts';
import type { Snapshot } from '../contract/state.ts';
import type { AlertChannel, AlertSeverity, ChangeType } from '../contract/vocabulary.ts';

/** A gate that was asked and said no. */
export interface BlockedAsk {
  readonly project: string;
  readonly change: ChangeType;
  /** As they may leave this machine. */
  readonly bindingReason: string;
  readonly cheapestWayToPass: string | null;
  /** Wall clock, as every instant here. */
  readonly atMs: number;
}

export interface RolledBack {
  readonly id: string;
  readonly project: string;
  readonly commit: string;
  readonly atMs: number;
}

export interface ChannelTrouble {
  readonly name: AlertChannel;
  readonly state: 'failing' | 'stopped';
  /** One sentence. */
  readonly why: string;
}

/** All that alerts are made of: the snapshot, and little beside it. Null is "not known" and raises nothing. */
export interface AlertFacts {
  readonly snapshot: Snapshot;
  readonly nowMs: number;
  /** Of the last ten minutes, newest first. */
  readonly blockedAsks: readonly BlockedAsk[];
  /** Of the last 24 hours, newest first. */
  readonly rollbacks: readonly RolledBack[];
  /** When the processor last throttled itself while this core ran. */
  readonly throttledAtMs: number | null;
  readonly freeDiskBytes: number | null;
  /** Why notices are not seen on this desktop; null while nothing speaks against it. */
  readonly noticesRefused: string | null;
  readonly trayMissing: boolean;
  readonly channelTroubles: readonly ChannelTrouble[];
}

/** One thing that a rule sees now. */
export interface AlertFinding {
  /** Tells it apart from others of the rule: a level, a project, a UPS. Empty where there is but one. */
  readonly key: string;
  readonly project: string | null;
  /** Few words, no full stop: "Battery 19 %". */
  readonly title: string;
  /** What follows from it, and the next step. */
  readonly text: string;
  /** What may leave this machine in place of `text`: nothing about the person, nothing a person typed. */
  readonly outsideText?: string;
  /** Where it differs from the rule's. */
  readonly severity?: AlertSeverity;
  /** False for a step that is told and then needs no place among what stands. */
  readonly isListed?: false;
  /** What a person can do at once, beside looking at it. */
  readonly actions?: readonly NoticeAction[];
  /** When it began, where that is known better than by looking. */
  readonly sinceMs?: number;
}

/** One alert, declared. */
export interface AlertRule {
  /** Stable, kebab-case. */
  readonly code: string;
  readonly severity: AlertSeverity;
  /** What it is about: one line of docs/alerts.md. */
  readonly summary: string;
  /** What takes it away, in words. */
  readonly clears: string;
  /** Must be found for so long before it is an alert. */
  readonly visibleAfterMs: number;
  /** Must not be found for so long before it is over. */
  readonly clearsAfterMs: number;
  /**
   * What lets it be told again. `external-power`: power from outside, whatever happens in between.
   * Else it must have been over for so many milliseconds.
   */
  readonly rearms: 'external-power' | number;
  /** Told again while it stands: first after so long, then at ever longer intervals. Null: once. */
  readonly repeatMs: number | null;
  /** Whether it passes limits and quiet hours, once as long as it is not re-armed. */
  readonly passes: boolean;
  /** Where it may go at all. */
  readonly channels: readonly AlertChannel[];
  /** Alerts of one class replace each other on the screen; the id stands in where there is none. */
  readonly tag: string | null;
  /** What is still worth telling when it is over before it could be told. */
  readonly isNews: boolean;
  find(facts: AlertFacts): readonly AlertFinding[];
}

const MINUTE_MS = 60_000;

/** What most alerts have in common; each file states what it has not. */
export const USUAL = {
  visibleAfterMs: 0,
  clearsAfterMs: 0,
  rearms: 10 * MINUTE_MS,
  repeatMs: null,
  passes: false,
  channels: ['desktop', 'slack', 'email'],
  tag: null,
  isNews: false,
} as const satisfies Partial<AlertRule>;
