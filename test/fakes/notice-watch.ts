import type { AlertFacts } from '../../shared/alerts/alert-rule.ts';
import type { NoticeDraft } from '../../shared/alerts/notice-draft.ts';
import { noticeWords } from '../../shared/alerts/notice-words.ts';
import { NO_NOTICES, stepNotices, type NoticeState } from '../../shared/alerts/notice-policy.ts';
import { ALERT_RULES } from '../../shared/alerts/registry.ts';
import { stepStanding, type Sightings, type StandingAlert } from '../../shared/alerts/standing.ts';
import { alertFacts } from './alert-snapshots.ts';

/** Rules and policy over a time that the test moves: what is told, and what stands. */
export interface NoticeWatch {
  /** Shows these facts for so long, looking every `everySeconds`. */
  shows(facts: Partial<AlertFacts>, seconds: number, everySeconds?: number): void;
  quiet(isQuiet: boolean): void;
  /** Ends and begins anew with what was saved, after so long. */
  restarts(afterSeconds: number): void;
  readonly told: NoticeDraft[];
  /** Titles on this person's own screen, in order. */
  titles(): string[];
  standing(): readonly StandingAlert[];
  nowMs(): number;
  state(): NoticeState;
}

export function noticeWatch(startAt = '2026-01-05T10:00:00Z'): NoticeWatch {
  let nowMs = Date.parse(startAt);
  let state: NoticeState = NO_NOTICES;
  let sightings: Sightings = new Map();
  let standing: readonly StandingAlert[] = [];
  let carried = new Map<string, number>();
  let isQuiet = false;
  const told: NoticeDraft[] = [];

  const look = (facts: Partial<AlertFacts>): void => {
    const step = stepStanding(sightings, ALERT_RULES, {
      facts: alertFacts({ nowMs, ...facts }),
      monotonicMs: nowMs,
      carried,
      onFault: (error) => {
        throw error;
      },
    });
    ({ sightings, standing } = step);
    const energy = (facts.snapshot ?? alertFacts().snapshot).energy;
    const noticed = stepNotices(state, { nowMs, rules: ALERT_RULES, standing, energy, isQuiet, off: [] });
    ({ state } = noticed);
    told.push(...noticed.notices);
  };

  return {
    told,
    shows(facts, seconds, everySeconds = 5) {
      for (let spent = 0; spent < seconds; spent += everySeconds) {
        look(facts);
        nowMs += everySeconds * 1000;
      }
    },
    quiet(next) {
      isQuiet = next;
    },
    restarts(afterSeconds) {
      state = JSON.parse(JSON.stringify(state)) as NoticeState;
      carried = new Map(standing.map(({ id, sinceMs }) => [id, sinceMs]));
      sightings = new Map();
      nowMs += afterSeconds * 1000;
    },
    titles: () =>
      told.map(
        (draft) => noticeWords(draft, { channel: 'desktop', floor: 'info', isOutside: false })?.title ?? '',
      ),
    standing: () => standing,
    nowMs: () => nowMs,
    state: () => state,
  };
}
