import type { NoticeAction } from '../contract/alert.ts';
import type { AlertChannel, AlertSeverity } from '../contract/vocabulary.ts';
import type { StandingAlert } from './standing.ts';

/** One alert as a notice tells it. Plain JSON: it outlives the core. */
export interface NoticePart {
  /** Of the alert. */
  readonly id: string;
  readonly code: string;
  readonly severity: AlertSeverity;
  readonly title: string;
  readonly text: string;
  readonly outsideText: string | null;
  readonly project: string | null;
  readonly sinceMs: number;
  readonly channels: readonly AlertChannel[];
  readonly tag: string;
  /** Worth telling when it is over. */
  readonly isNews: boolean;
  readonly actions?: readonly NoticeAction[];
  /** It was over when this was decided on. */
  readonly isOver: boolean;
}

/** A notice that was decided on. What each channel makes of it is `notice-words.ts`. */
export interface NoticeDraft {
  /** One notice has one id, over restarts too. */
  readonly id: string;
  readonly kind: 'alert' | 'reminder' | 'summary' | 'digest' | 'test';
  readonly atMs: number;
  readonly replaces: string;
  readonly silent: boolean;
  /** At least one. */
  readonly parts: readonly NoticePart[];
}

export function partOf({ id, rule, finding, severity, tag, sinceMs }: StandingAlert): NoticePart {
  return {
    id,
    code: rule.code,
    severity,
    title: finding.title,
    text: finding.text,
    outsideText: finding.outsideText ?? null,
    project: finding.project,
    sinceMs,
    channels: rule.channels,
    tag,
    isNews: rule.isNews,
    isOver: false,
    ...(finding.actions === undefined ? {} : { actions: finding.actions }),
  };
}
