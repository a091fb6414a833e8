import type { PastAlert, Quiet } from '../../shared/contract/alert.ts';
import type { Alert } from '../../shared/contract/state.ts';
import { minutesText } from '../../shared/view/quantities.ts';
import type { Words } from '../words/words.ts';
import { clockTime } from './clock-time.ts';
import { sentence } from './plain-text.ts';

const RANK: Readonly<Record<Alert['severity'], number>> = { critical: 0, warning: 1, info: 2 };

/** The gravest first, of one severity the newest. */
export function alertsInOrder(alerts: readonly Alert[]): readonly Alert[] {
  return alerts.toSorted(
    (one, other) => RANK[one.severity] - RANK[other.severity] || other.since.localeCompare(one.since),
  );
}

/** Those that are over, the newest first by their end. */
export function endedAlerts(past: readonly PastAlert[]): readonly (PastAlert & { readonly until: string })[] {
  return past
    .flatMap((alert) => (alert.until === null ? [] : [{ ...alert, until: alert.until }]))
    .sort((one, other) => other.until.localeCompare(one.until));
}

/** "5 Jan, 14:05, stood 20 min". */
export function stoodText(
  { since, until }: PastAlert & { until: string },
  nowAt: string,
  words: Words,
): string {
  return words.alertsPage.past.stood(
    clockTime(since, nowAt),
    stayText((Date.parse(until) - Date.parse(since)) / 1000),
  );
}

/** "40 s", "20 min", "3 h 5 min", "1.5 days", "2 days". */
function stayText(seconds: number): string {
  if (seconds < 90) return `${Math.max(0, Math.round(seconds))}\u202fs`;
  if (seconds < 86_400) return minutesText(seconds / 60);
  const days = (seconds / 86_400).toFixed(1).replace('.0', '');
  return `${days}\u202f${days === '1' ? 'day' : 'days'}`;
}

/** What a person should know about whether notices reach them, a sentence each. */
export function quietSentences(quiet: Quiet, nowAt: string, words: Words): readonly string[] {
  const { quiet: said } = words.alertsPage;
  const hours = quiet.hours === null ? said.noHours : said.hours(quiet.hours.from, quiet.hours.to);
  if (!quiet.isQuiet) return [said.on, hours];
  const waiting = quiet.waitingCount === 0 ? [] : [said.waiting(quiet.waitingCount)];
  switch (quiet.reason) {
    case 'person':
      return [
        quiet.until === null ? said.open : said.until(clockTime(quiet.until, nowAt)),
        said.person,
        ...waiting,
        said.critical,
      ];
    case 'hours':
      return [
        quiet.hours === null ? said.open : said.until(quiet.hours.to),
        hours,
        ...waiting,
        said.critical,
      ];
    case 'focus':
      return [said.focus, ...waiting, said.critical];
    default:
      return [said.open, ...waiting, said.critical];
  }
}

/** "Shop is halted." as the title of an alert; titles come without their full stop. */
export function alertTitle({ title }: Pick<Alert, 'title'>): string {
  return sentence(title);
}
