import { createAlertsRoom, type AlertsRoom } from '../../core/alerts/alerts-room.ts';
import type { DesktopNotice } from '../../core/alerts/desktop-channel.ts';
import type { Focus } from '../../core/alerts/focus.ts';
import type { Delivery, OutsideMessage } from '../../core/alerts/outside-channel.ts';
import { createMemoryRecord } from '../../core/history/memory-record.ts';
import type { RecordStore } from '../../core/history/record.ts';
import { placesFrom } from '../../core/places.ts';
import type { LocalOffset } from '../../shared/alerts/quiet.ts';
import type { Notice } from '../../shared/contract/alert.ts';
import { configSchema, type Config } from '../../shared/contract/config.ts';
import type { Snapshot } from '../../shared/contract/state.ts';
import type { Secrets } from '../../core/secrets.ts';
import { pluggedIn } from './alert-snapshots.ts';
import { fakeClock, type FakeClock } from './fake-clock.ts';
import { memorySecrets } from './memory-secrets.ts';

/** The alerts room with channels that the test speaks for, and a loop that gives it a snapshot every 30 s. */
export interface AlertsHouse {
  readonly room: AlertsRoom;
  readonly clock: FakeClock;
  readonly record: RecordStore;
  /** What came as `alert` events. */
  readonly events: Notice[];
  readonly shown: DesktopNotice[];
  readonly slacked: OutsideMessage[];
  readonly mailed: OutsideMessage[];
  readonly faults: unknown[];
  /** The machine is in this state for so long. */
  shows(snapshot: Snapshot, seconds: number): Promise<Snapshot>;
  configure(alerts: object): void;
  slackAnswers(answer: Delivery): void;
  desktopAnswers(why: string | null): void;
  attachShell(isAttached: boolean): void;
  focuses(focus: Focus): void;
  stop(): Promise<void>;
}

export async function alertsHouse(
  over: {
    clock?: FakeClock;
    record?: RecordStore;
    secrets?: Secrets;
    offset?: LocalOffset;
    alerts?: object;
    /** What the machine shows at the start. */
    first?: Snapshot;
  } = {},
): Promise<AlertsHouse> {
  const clock = over.clock ?? fakeClock();
  const record = over.record ?? createMemoryRecord();
  const events: Notice[] = [];
  const shown: DesktopNotice[] = [];
  const slacked: OutsideMessage[] = [];
  const mailed: OutsideMessage[] = [];
  const faults: unknown[] = [];
  let config: Config = configSchema.parse({ alerts: over.alerts ?? {} });
  let current = over.first ?? pluggedIn(80);
  let slackAnswer: Delivery = { kind: 'delivered' };
  let desktopAnswer: string | null = null;
  let isAttached = false;
  let focus: Focus = 'off';

  const round = (): Snapshot => {
    const judged = { ...current, at: new Date(clock.wallMs()).toISOString() };
    const snapshot = { ...judged, alerts: room.complete(judged) };
    room.take?.(snapshot);
    return snapshot;
  };
  const room = createAlertsRoom({
    clock,
    record,
    chance: () => 1,
    database: null,
    places: placesFrom({ ORCH_HOME: '/nowhere' }, 'linux', '/nowhere'),
    config: () => config,
    announce: (event, json) => {
      if (event === 'alert') events.push(JSON.parse(json) as Notice);
    },
    onFault: (error) => faults.push(error),
    hasShell: () => isAttached,
    // The loop answers a request a moment later, never within it.
    request: () => void clock.after(1, round),
    who: 'ann',
    secrets: over.secrets ?? memorySecrets(),
    show(notice) {
      if (desktopAnswer === null) shown.push(notice);
      return Promise.resolve(desktopAnswer);
    },
    slack: {
      deliver(message) {
        if (slackAnswer.kind === 'delivered') slacked.push(message);
        return Promise.resolve(slackAnswer);
      },
    },
    email: {
      deliver(message) {
        mailed.push(message);
        return Promise.resolve({ kind: 'delivered' });
      },
    },
    readFocus: () => Promise.resolve(focus),
    offset: over.offset ?? (() => 0),
  });
  round();
  room.start?.();
  await clock.advanceMs(3_000);

  return {
    ...{ room, clock, record, events, shown, slacked, mailed, faults },
    async shows(snapshot, seconds) {
      current = snapshot;
      let last = round();
      await clock.advanceMs(0);
      for (let spent = 0; spent < seconds; spent += 30) {
        await clock.advanceMs(Math.min(30, seconds - spent) * 1000);
        last = round();
        await clock.advanceMs(0);
      }
      return last;
    },
    configure(alerts) {
      config = configSchema.parse({ alerts });
    },
    slackAnswers(answer) {
      slackAnswer = answer;
    },
    desktopAnswers(why) {
      desktopAnswer = why;
    },
    attachShell(next) {
      isAttached = next;
    },
    focuses(next) {
      focus = next;
    },
    stop: async () => {
      await room.stop?.();
    },
  };
}
