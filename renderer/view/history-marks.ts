import type { HistoryEvent, HistoryEventKind } from '../../shared/contract/history.ts';
import { CHANGE_NOUNS } from '../../shared/view/verdict-words.ts';
import type { Words } from '../words/words.ts';
import type { TimeSpan } from './history-span.ts';
import { lengthMs } from './history-span.ts';
import { projectTitle } from './history-plots.ts';
import { plainText, spacedWords } from './plain-text.ts';

/** One event as a person reads it. */
export interface HistoryMark {
  readonly atMs: number;
  /** Where it went on; null for an instant, and while it goes on. */
  readonly untilMs: number | null;
  readonly kind: HistoryEventKind;
  /** "shop: deployed a1b2c3d", short enough for a tick. */
  readonly title: string;
  /** The rest of it; may be empty. */
  readonly detail: string;
  /** What is more urgent keeps its text where there is no room for all. */
  readonly weight: number;
}

const WEIGHTS: Readonly<Record<HistoryEventKind, number>> = {
  halt: 7,
  incident: 6,
  alert: 5,
  deployment: 4,
  waiver: 3,
  power: 2,
  clock: 1,
  decision: 0,
};
const SEVERE: ReadonlySet<string | null> = new Set(['critical', 'major']);

/** The events to mark. Single decisions are left to the verdicts' own strip. */
export function historyMarks(events: readonly HistoryEvent[], words: Words): readonly HistoryMark[] {
  return events
    .filter(({ kind }) => kind !== 'decision')
    .map((event) => {
      const title = titleOf(event, words);
      const project = event.project === null ? null : projectTitle(event.project, words);
      return {
        atMs: event.atMs,
        untilMs: event.untilMs,
        kind: event.kind,
        title: project === null || title.includes(project) ? title : words.history.valueOf(project, title),
        detail: plainText(event.text),
        weight: WEIGHTS[event.kind] * 2 + (SEVERE.has(event.severity) ? 1 : 0),
      };
    });
}

/** An act by the page's own word for it; else as the core tells it. */
function titleOf({ kind, code, title }: HistoryEvent, words: Words): string {
  const act = kind === 'halt' || kind === 'waiver' ? words.history.acts[code] : undefined;
  return act ?? (title === code ? spacedWords(title) : plainText(title));
}

/** A mark where it is drawn. */
export interface PlacedMark {
  readonly mark: HistoryMark;
  /** Pixels from the left edge of the plots. */
  readonly x: number;
  /** Which line of text it has; null where there was no room. */
  readonly row: number | null;
  /** How many marks share this place, this one included. */
  readonly count: number;
}

export interface MarkRoom {
  readonly widthPx: number;
  readonly rows: number;
  /** Width of a text as it will be drawn. */
  readonly textPx: (text: string) => number;
}

/** Marks closer than this are one with a count. */
const TOGETHER_PX = 9;
const BETWEEN_PX = 12;
/** From a mark to its own text. */
export const MARK_TEXT_PX = 10;

/** Those of `marks` (oldest first) that lie in `span`, with the texts that fit, the weightiest first. */
export function placedMarks(
  marks: readonly HistoryMark[],
  span: TimeSpan,
  { widthPx, rows, textPx }: MarkRoom,
): readonly PlacedMark[] {
  const scale = widthPx / lengthMs(span);
  const groups: { mark: HistoryMark; x: number; count: number }[] = [];
  for (const mark of marks) {
    if (mark.atMs < span.fromMs || mark.atMs > span.toMs) continue;
    const x = (mark.atMs - span.fromMs) * scale;
    const last = groups.at(-1);
    if (last === undefined || x - last.x >= TOGETHER_PX) groups.push({ mark, x, count: 1 });
    else {
      last.count += 1;
      if (mark.weight > last.mark.weight) last.mark = mark;
    }
  }
  const taken: { from: number; to: number }[][] = Array.from({ length: rows }, () => []);
  const rowOf = new Map<HistoryMark, number>();
  for (const { mark, x, count } of groups.toSorted((one, other) => other.mark.weight - one.mark.weight)) {
    const place = { from: x - BETWEEN_PX, to: x + MARK_TEXT_PX + textPx(countedTitle(mark, count)) };
    if (place.to > widthPx) continue;
    const row = taken.findIndex((places) =>
      places.every(({ from, to }) => place.to <= from || place.from >= to),
    );
    if (row < 0) continue;
    taken[row]?.push(place);
    rowOf.set(mark, row);
  }
  return groups.map((group) => ({ ...group, row: rowOf.get(group.mark) ?? null }));
}

/** "shop: deployed a1b2c3d", "Battery 19 % and 2 more". */
export function countedTitle(mark: HistoryMark, count: number): string {
  return count === 1 ? mark.title : `${mark.title} +${count - 1}`;
}

/** The marks near an instant, for the readout: those within `nearMs`, the nearest first. */
export function marksNear(
  marks: readonly HistoryMark[],
  atMs: number,
  nearMs: number,
): readonly HistoryMark[] {
  return marks
    .filter((mark) => Math.abs(mark.atMs - atMs) <= nearMs)
    .toSorted((one, other) => Math.abs(one.atMs - atMs) - Math.abs(other.atMs - atMs));
}

/** "features" for the strip of a project whose default change type is `feature`. */
export function changeNoun(change: string | null): string {
  const known = Object.entries(CHANGE_NOUNS).find(([name]) => name === change);
  return known?.[1] ?? '';
}
