import { holdsUntil, isInHours, latestMs, tomorrowMs, type LocalOffset } from '../../shared/alerts/quiet.ts';
import type { Quiet, SetQuiet } from '../../shared/contract/alert.ts';
import type { AlertsConfig } from '../../shared/contract/alerts-config.ts';
import type { Clock } from '../clock.ts';
import type { Focus } from './focus.ts';
import type { SavedValue } from './saved-value.ts';

export interface SavedQuiet {
  readonly untilMs: number | null;
}

export interface QuietTime {
  /** The machine's own times: a person's word first, then the hours, then the desktop's focus. */
  reason(): Quiet['reason'];
  untilMs(): number | null;
  /** Milliseconds since 1970 at which it ends. */
  set(asked: SetQuiet): number;
  end(): void;
}

const MINUTE_MS = 60_000;

export function createQuietTime(parts: {
  readonly clock: Clock;
  readonly saved: SavedValue<SavedQuiet>;
  readonly settings: () => AlertsConfig;
  readonly focus: () => Focus;
  readonly offset: LocalOffset;
}): QuietTime {
  const { clock, saved, settings, offset } = parts;
  const untilMs = (): number | null => {
    const { untilMs: until } = saved.get();
    return holdsUntil(until, clock.wallMs()) ? until : null;
  };
  return {
    untilMs,
    reason() {
      const { quietHours, followFocus } = settings();
      if (untilMs() !== null) return 'person';
      if (quietHours !== null && isInHours(clock.wallMs(), quietHours, offset)) return 'hours';
      return followFocus && parts.focus() === 'on' ? 'focus' : null;
    },
    set({ forMinutes, until }) {
      const nowMs = clock.wallMs();
      const askedMs =
        forMinutes !== undefined
          ? nowMs + forMinutes * MINUTE_MS
          : until !== undefined
            ? Date.parse(until)
            : tomorrowMs(nowMs, settings().quietHours, offset);
      const endMs = Math.min(askedMs, latestMs(nowMs));
      saved.set({ untilMs: endMs });
      return endMs;
    },
    end: () => saved.set({ untilMs: null }),
  };
}

/** The machine's own rule for local time. */
export const machineOffset: LocalOffset = (wallMs) => -new Date(wallMs).getTimezoneOffset();
