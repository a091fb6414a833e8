import { ALERT_SEVERITIES, type AlertChannel, type AlertSeverity } from '../contract/vocabulary.ts';
import type { NoticeDraft, NoticePart } from './notice-draft.ts';

export interface NoticeWords {
  readonly code: string;
  readonly severity: AlertSeverity;
  readonly title: string;
  readonly text: string;
  readonly project: string | null;
  readonly sinceMs: number;
}

export interface Audience {
  readonly channel: AlertChannel;
  /** Least severity it takes. */
  readonly floor: AlertSeverity;
  /** On this person's own screen: the full text, few lines. Elsewhere: what may leave the machine, and all of it. */
  readonly isOutside: boolean;
}

/** Behaviour 24: a digest has five lines at most. */
const SCREEN_LINES = 5;
const OUTSIDE_LINES = 50;

export function severityRank(severity: AlertSeverity): number {
  return ALERT_SEVERITIES.indexOf(severity);
}

/** What a notice says to one audience; null when nothing in it is for them. */
export function noticeWords(draft: NoticeDraft, audience: Audience): NoticeWords | null {
  const parts = draft.parts.filter(
    (part) =>
      part.channels.includes(audience.channel) && severityRank(part.severity) >= severityRank(audience.floor),
  );
  const [first] = parts;
  if (first === undefined) return null;
  if (parts.length === 1) {
    const text = textOf(first, audience);
    return {
      ...shared(draft, parts),
      title: first.title,
      text: first.isOver ? `${text} It is over now.` : text,
    };
  }
  return { ...shared(draft, parts), title: heading(draft, parts.length), text: linesOf(parts, audience) };
}

function shared(draft: NoticeDraft, parts: readonly NoticePart[]): Omit<NoticeWords, 'title' | 'text'> {
  const codes = [...new Set(parts.map(({ code }) => code))];
  const projects = [...new Set(parts.map(({ project }) => project))];
  const worst = Math.max(...parts.map(({ severity }) => severityRank(severity)));
  return {
    code: codes.length === 1 ? (codes[0] ?? draft.kind) : draft.kind,
    severity: ALERT_SEVERITIES[worst] ?? 'info',
    project: projects.length === 1 ? (projects[0] ?? null) : null,
    sinceMs: Math.min(...parts.map(({ sinceMs }) => sinceMs)),
  };
}

function heading(draft: NoticeDraft, count: number): string {
  return draft.kind === 'digest' ? `While it was quiet: ${count} notices` : `${count} notices`;
}

/** Worst first; what does not fit is counted in the last line. */
function linesOf(parts: readonly NoticePart[], audience: Audience): string {
  const most = audience.isOutside ? OUTSIDE_LINES : SCREEN_LINES;
  const sorted = parts.toSorted((one, other) => severityRank(other.severity) - severityRank(one.severity));
  const shown = sorted.length > most ? sorted.slice(0, most - 1) : sorted;
  const lines = shown.map((part) => {
    const over = part.isOver ? ' (over)' : '';
    return audience.isOutside ? `${part.title}${over}. ${textOf(part, audience)}` : `${part.title}${over}`;
  });
  const rest = sorted.length - shown.length;
  return [...lines, ...(rest > 0 ? [`And ${rest} more`] : [])].join('\n');
}

function textOf(part: NoticePart, { isOutside }: Audience): string {
  return isOutside ? (part.outsideText ?? part.text) : part.text;
}
