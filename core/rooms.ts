import { hostname } from 'node:os';

import type { Snapshot } from '../shared/contract/state.ts';
import { alertsInHouse } from './alerts/alerts-in-house.ts';
import type { NoticeDesk } from './alerts/notice-desk.ts';
import { endedWithin } from './deadline.ts';
import type { EnergyLedger } from './energy-ledger.ts';
import { createEnergyLedgerRoom } from './energy-ledger-room.ts';
import type { HistoryDesk } from './history/history-desk.ts';
import { createHistoryRoom } from './history/history-room.ts';
import { createJobsRoom, type JobsRoom } from './remediation/jobs-room.ts';
import { createRemediationRoom, type RemediationRoom } from './remediation/remediation-room.ts';
import { createRetrainRoom, type RetrainRoom } from './remediation/retrain-room.ts';
import { createScalerRoom, type ScalerRoom } from './remediation/scaler-room.ts';
import { distrustInHouse, runnerInHouse } from './remediation/runner-in-house.ts';
import { createMetricsRoom, type MetricsRoom } from './metrics/metrics-room.ts';
import { ownUse } from './metrics/own-use.ts';
import type { Note } from './orchestrator.ts';
import { createRoomShares } from './room-shares.ts';
import type { Room, RoomContext } from './room.ts';
import { githubInHouse } from './sync/github/github-in-house.ts';
import { manusWebhookOf, noSyncDesk } from './sync/no-sync.ts';
import type { SyncDesk } from './sync/sync-desk.ts';
import { syncInHouse } from './sync/sync-in-house.ts';
import type { WebhookDesk } from './sync/webhook-desk.ts';

/** How long what a room is at may take when the core stops. */
const STOP_LIMIT_MS = 10_000;

/** The rooms that live from snapshot to snapshot, as one. */
export interface Rooms {
  /** What they add to a judged snapshot before it is published. */
  complete(judged: Snapshot): Pick<Snapshot, 'actions' | 'alerts' | 'jobs' | 'jobCounts' | 'sync'>;
  /** What they have to say on the next snapshot. */
  notes(): Note[];
  begin(): void;
  take(snapshot: Snapshot): void;
  start(): void;
  stop(): Promise<void>;
  readonly energyLedger: Pick<EnergyLedger, 'days'>;
  readonly history: HistoryDesk;
  readonly jobs: Pick<JobsRoom, 'desk' | 'isBusy'>;
  readonly notices: NoticeDesk;
  readonly remediation: Pick<RemediationRoom, 'desk' | 'quarantine'>;
  readonly metrics: Pick<MetricsRoom, 'scrape' | 'acceptsScrape'>;
  readonly sync: SyncDesk;
  readonly webhooks: WebhookDesk;
  readonly retraining: Pick<RetrainRoom, 'list'>;
  readonly scaling: Pick<ScalerRoom, 'one' | 'list' | 'acceptsReader'>;
}

/** Builds every room and decides nothing. A room that fails is reported and harms no other. */
export function createRooms(house: Omit<RoomContext, 'runner'>): Rooms {
  const runner = runnerInHouse(house);
  const context: RoomContext = { ...house, runner };
  const energyLedger = createEnergyLedgerRoom(context);
  const metrics = createMetricsRoom({ ...context, hostName: hostname(), ownUse });
  const history = createHistoryRoom(context);
  const alerts = alertsInHouse(context);
  const jobs = createJobsRoom(context);
  const remediation = createRemediationRoom({ ...context, jobs: jobs.desk });
  const sync = syncInHouse(context);
  const github = githubInHouse(context, sync ?? {});
  const byJobs = { ...context, jobs: jobs.desk, distrust: distrustInHouse(context) };
  const retraining = createRetrainRoom(byJobs);
  const scaling = createScalerRoom(byJobs);
  const rooms: readonly Room[] = [
    alerts,
    energyLedger,
    github,
    history,
    jobs,
    metrics,
    {
      // What the core before this one left running goes first: it would take ours for its own.
      start: () => void runner.endOrphans().then(remediation.start).catch(context.onFault),
      stop: remediation.stop,
    },
    retraining,
    scaling,
    ...(sync === null ? [] : [sync]),
  ];

  const shares = createRoomShares(context.onFault);
  const guarded = (act: () => void): void => {
    try {
      act();
    } catch (error) {
      context.onFault(error);
    }
  };

  return {
    energyLedger,
    history: history.desk,
    jobs,
    metrics,
    notices: alerts.desk,
    remediation,
    retraining,
    scaling,
    sync: sync?.desk ?? noSyncDesk(),
    webhooks: { github: github.webhook, manus: manusWebhookOf(sync) },
    complete(judged) {
      const work: Pick<Snapshot, 'actions' | 'jobs' | 'jobCounts' | 'sync'> = {
        ...shares.of('jobs', { jobs: [] }, () => jobs.consider(judged)),
        actions: shares.of('actions', [], () => remediation.consider(judged)),
        sync: shares.of('mirrors', {}, () => ({ ...github.complete(), ...sync?.states() })),
      };
      return { ...work, alerts: shares.of('alerts', [], () => alerts.complete({ ...judged, ...work })) };
    },
    notes: () => [...metrics.notes(), ...scaling.notes(), ...github.notes(), ...shares.notes()],
    begin() {
      for (const room of rooms) guarded(() => room.begin?.());
    },
    take(snapshot) {
      for (const room of rooms) guarded(() => room.take?.(snapshot));
    },
    start() {
      for (const room of rooms) guarded(() => room.start?.());
    },
    async stop() {
      const stopping = Promise.allSettled(rooms.map(async (room) => room.stop?.()));
      // Rooms undo what they did through the runner; a command that takes longer is ended, and the next core goes on.
      await endedWithin(stopping, STOP_LIMIT_MS, context.clock);
      await runner.stop();
      for (const end of await stopping) if (end.status === 'rejected') context.onFault(end.reason);
    },
  };
}
