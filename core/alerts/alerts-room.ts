import { burstDueMs, NO_NOTICES, stepNotices, type NoticeState } from '../../shared/alerts/notice-policy.ts';
import type { LocalOffset } from '../../shared/alerts/quiet.ts';
import { ALERT_RULES } from '../../shared/alerts/registry.ts';
import {
  listedAlerts,
  standingDueMs,
  stepStanding,
  type Sightings,
  type StandingAlert,
} from '../../shared/alerts/standing.ts';
import type { Alert } from '../../shared/contract/alert.ts';
import type { Snapshot } from '../../shared/contract/state.ts';
import type { Room, RoomContext } from '../room.ts';
import type { Secrets } from '../secrets.ts';
import { NO_QUEUE } from './delivery-queue.ts';
import type { ShowOnDesktop } from './desktop-channel.ts';
import { createDesktopPost } from './desktop-post.ts';
import { createFactGatherer } from './fact-gatherer.ts';
import type { Focus, ReadFocus } from './focus.ts';
import { createNoticeDesk, type NoticeDesk } from './notice-desk.ts';
import type { OutsideChannel } from './outside-channel.ts';
import { createOutsidePost, type OutsidePost } from './outside-post.ts';
import { createPastAlerts } from './past-alerts.ts';
import { createQuietTime } from './quiet-time.ts';
import { createSavedValue, type SavedValue } from './saved-value.ts';
import { createShellPresence } from './shell-presence.ts';

export interface AlertsRoomParts extends Pick<
  RoomContext,
  'clock' | 'chance' | 'record' | 'database' | 'places' | 'config' | 'announce' | 'onFault'
> {
  /** A shell listens at GET /v1/events?client=shell. */
  readonly hasShell: () => boolean;
  /** Asks for a round at once. */
  readonly request: () => void;
  readonly who: string;
  readonly secrets: Secrets;
  readonly show: ShowOnDesktop;
  readonly slack: OutsideChannel;
  readonly email: OutsideChannel;
  readonly readFocus: ReadFocus;
  readonly offset: LocalOffset;
}

export interface AlertsRoom extends Room {
  /** The alerts of a judged snapshot. */
  complete(judged: Snapshot): Alert[];
  readonly desk: NoticeDesk;
}

interface Saved {
  readonly notices: NoticeState;
  /** Since when alerts stand, by id. */
  readonly standing: Readonly<Record<string, number>>;
}

/** A shell that starts with the core has attached by then: it shows the first notices too. */
const START_GRACE_MS = 3_000;
/** For so long after the start an alert of the last run may come back as the same. */
const CARRIED_MS = 3 * 60_000;
const FOCUS_EVERY_MS = 60_000;
/** Even if everything is due at once, rounds are not asked for faster. */
const LEAST_WAIT_MS = 250;

/** Finds what stands, decides what is told, hands it on. What was told is remembered over restarts. */
export function createAlertsRoom(parts: AlertsRoomParts): AlertsRoom {
  const { clock } = parts;
  const settings = (): ReturnType<typeof parts.config>['alerts'] => parts.config().alerts;
  const save = <T extends object>(key: string, first: T): SavedValue<T> =>
    createSavedValue(key, first, parts);
  const saved = save<Saved>('alerts', { notices: NO_NOTICES, standing: {} });
  const beganMs = clock.monotonicMs();
  const mayComeBack = (): boolean => clock.monotonicMs() - beganMs < CARRIED_MS;
  const carried = new Map(Object.entries(saved.get().standing));

  let sightings: Sightings = new Map();
  let standing: readonly StandingAlert[] = [];
  let listed: Alert[] = [];
  let last: Snapshot | null = null;
  let isStarted = false;
  let focus: { value: Focus; atMs: number } | null = null;
  let cancelTimer: (() => void) | null = null;
  let settingsText = JSON.stringify(settings());

  const shell = createShellPresence(parts.hasShell);
  const focusNow = (): Focus => {
    const told = shell.report()?.focus ?? 'unknown';
    return told === 'unknown' ? (focus?.value ?? 'unknown') : told;
  };
  const quiet = createQuietTime({
    clock,
    saved: save('alerts-quiet', { untilMs: null }),
    settings,
    focus: focusNow,
    offset: parts.offset,
  });
  const desktop = createDesktopPost({
    ...{ clock, shell, settings, show: parts.show, onChange: parts.request },
    announce: (notice) => parts.announce('alert', JSON.stringify(notice)),
  });
  const outside = (name: 'slack' | 'email'): OutsidePost =>
    createOutsidePost({
      ...{ name, clock, settings, chance: parts.chance, channel: parts[name], onChange: parts.request },
      saved: save(`alerts-queue-${name}`, NO_QUEUE),
    });
  const channels = { desktop, slack: outside('slack'), email: outside('email') };
  const past = createPastAlerts(parts.database, () => !mayComeBack(), parts.onFault);
  const facts = createFactGatherer({
    ...{ clock, record: parts.record, stateDir: parts.places.stateDir, onFault: parts.onFault },
    noticesRefused: () => desktop.refused(),
    trayMissing: () => shell.report()?.tray === 'no-host',
    channelTroubles: () =>
      [channels.slack.trouble(), channels.email.trouble()].filter((trouble) => trouble !== null),
  });

  /** Programs are asked about focus only while something waits to be shown. */
  const askFocus = (): void => {
    const told = shell.report()?.focus ?? 'unknown';
    if (told !== 'unknown' || (focus !== null && clock.monotonicMs() - focus.atMs < FOCUS_EVERY_MS)) return;
    focus = { value: focus?.value ?? 'unknown', atMs: clock.monotonicMs() };
    void parts.readFocus().then((value) => {
      const isNew = focus?.value !== value;
      focus = { value, atMs: clock.monotonicMs() };
      if (isNew) act();
    });
  };
  const act = (): void => {
    if (!isStarted || last === null) return;
    const { state, notices } = stepNotices(saved.get().notices, {
      nowMs: clock.wallMs(),
      rules: ALERT_RULES,
      standing,
      energy: last.energy,
      isQuiet: quiet.reason() !== null,
      off: settings().off,
    });
    saved.set({
      notices: state,
      standing: Object.fromEntries(standing.map(({ id, sinceMs }) => [id, sinceMs])),
    });
    for (const notice of notices) {
      desktop.add(notice);
      channels.slack.add(notice);
      channels.email.add(notice);
    }
    if (state.burst !== null || state.digest.length > 0) askFocus();
    wait(state);
  };
  const wait = (state: NoticeState): void => {
    cancelTimer?.();
    const burst = burstDueMs(state, clock.wallMs());
    const change = standingDueMs(sightings, clock.monotonicMs());
    const dues = [burst, change].filter((due) => due !== null);
    cancelTimer = null;
    if (dues.length === 0) return;
    const isBurst = burst !== null && burst <= (change ?? Infinity);
    cancelTimer = clock.after(Math.max(LEAST_WAIT_MS, Math.min(...dues)), isBurst ? act : parts.request);
  };

  return {
    complete(judged) {
      const step = stepStanding(sightings, ALERT_RULES, {
        facts: facts(judged),
        monotonicMs: clock.monotonicMs(),
        carried: mayComeBack() ? carried : new Map(),
        onFault: parts.onFault,
      });
      ({ sightings, standing } = step);
      listed = listedAlerts(standing);
      return listed;
    },
    take(snapshot) {
      last = snapshot;
      past.stand(listed, clock.wallMs());
      const text = JSON.stringify(settings());
      if (text !== settingsText) {
        settingsText = text;
        channels.slack.resume();
        channels.email.resume();
      }
      act();
    },
    start() {
      channels.slack.start();
      channels.email.start();
      cancelTimer = clock.after(START_GRACE_MS, () => {
        isStarted = true;
        act();
      });
    },
    stop() {
      isStarted = false;
      cancelTimer?.();
      channels.slack.stop();
      channels.email.stop();
    },
    desk: createNoticeDesk({
      ...{ clock, who: parts.who, record: parts.record, past, quiet, channels, shell },
      secrets: parts.secrets,
      standing: () => listed,
      quietHours: () => settings().quietHours,
      waitingCount: () => saved.get().notices.digest.length,
      onChange: () => {
        parts.request();
        act();
      },
    }),
  };
}
