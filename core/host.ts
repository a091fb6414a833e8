import type { Snapshot } from '../shared/contract/state.ts';
import { openEndpoint, type Endpoint } from './api/endpoint.ts';
import { ensurePrivateDir } from './atomic-file.ts';
import type { Clock } from './clock.ts';
import type { ConfigProblem } from './config-file.ts';
import { createCore, type CoreOptions } from './core.ts';
import { createSystemDoctor } from './doctor/system-doctor.ts';
import { createMemoryRecord } from './history/memory-record.ts';
import { openRecord, type OpenedRecord } from './history/open-record.ts';
import { createGateDesk } from './hooks/gate-desk.ts';
import { takeInstanceLock } from './instance-lock.ts';
import { createLoopPulse } from './metrics/loop-pulse.ts';
import type { Note } from './orchestrator.ts';
import type { Places } from './places.ts';
import { createPersonDesk } from './person-desk.ts';
import { createProjectDesk } from './project-desk.ts';
import { nearbyRepositories } from './projects/nearby-repositories.ts';
import { createPublished } from './published.ts';
import { createRecordDesk } from './record-desk.ts';
import { createRooms, type Rooms } from './rooms.ts';
import { createSecretFiles, secretsDir } from './secret-files.ts';
import { secretNotes } from './secret-notes.ts';
import type { Secrets } from './secrets.ts';
import { createSettingsDesk } from './settings-desk.ts';
import { createSettingsFile } from './settings-file.ts';
import { takeSkippedGates } from './skipped-gates.ts';
import { createSnapshotFiles } from './snapshot-file.ts';

export interface HostOptions extends Omit<
  CoreOptions,
  'complete' | 'notes' | 'onRound' | 'publish' | 'record'
> {
  /** Null takes the settings' port. */
  readonly wantedPort: number | null;
  readonly hasApi: boolean;
  /** One round only: the core is not started, a running one is not disturbed. */
  readonly isOnce: boolean;
  readonly onSnapshot: (snapshot: Snapshot) => void;
  /** Where this host keeps secrets; files of the person alone without it. */
  readonly secrets?: Secrets;
  /** Of limits that concern callers and readers, where the core's time is not theirs (a replayed day). */
  readonly doorClock?: Clock;
}

export type HostResult =
  | { readonly kind: 'hosting'; readonly endpoint: Endpoint | null; stop(): Promise<void> }
  | { readonly kind: 'already-running'; readonly pid: number }
  | { readonly kind: 'bad-settings'; readonly problems: readonly ConfigProblem[] };

/**
 * Hosts the core in this process: the same for the tray (electron/) and the terminal (`orch daemon`). First to
 * start hosts it; a second finds the lock and is told who holds it.
 */
export async function startHost(options: HostOptions): Promise<HostResult> {
  const { places } = options;
  await ensurePrivateDir(places.stateDir);
  const lock = options.isOnce ? null : takeInstanceLock(places.lockPath);
  if (lock !== null && !lock.held) return { kind: 'already-running', pid: lock.by.pid };
  try {
    const hosted = await host(options);
    if (hosted.kind !== 'hosting') lock?.release();
    else {
      return {
        ...hosted,
        async stop() {
          await hosted.stop();
          lock?.release();
        },
      };
    }
    return hosted;
  } catch (error) {
    lock?.release();
    throw error;
  }
}

async function host(given: HostOptions): Promise<HostResult> {
  const pulse = createLoopPulse(given.clock);
  const options: HostOptions = {
    ...given,
    onFault(error) {
      pulse.fault();
      given.onFault(error);
    },
  };
  const { places } = options;
  const notes: Note[] = options.isOnce ? [] : await notesAtStart(places);
  const { record, database, notes: recordNotes } = await recordOf(options, notes);
  const secrets = options.secrets ?? createSecretFiles(secretsDir(places.stateDir), options.platform);
  const published = createPublished((decision) => record.keepDecision(decision, 'gate'));
  const snapshotFiles = createSnapshotFiles(places, options.doorClock ?? options.clock);
  let endpoint: Endpoint | null = null;
  let rooms: Rooms | null = null;

  const core = await createCore({
    ...options,
    record,
    notes: () => [...notes, ...recordNotes(), ...secretNotes(secrets), ...(rooms?.notes() ?? [])],
    onRound() {
      pulse.began();
      rooms?.begin();
    },
    quarantine: (entry) => rooms?.remediation.quarantine(entry) ?? null,
    complete: (judged) => rooms?.complete(judged) ?? { alerts: [], jobs: [], sync: {} },
    publish(snapshot) {
      published.take(snapshot);
      endpoint?.publish('snapshot', () => published.snapshotJson());
      snapshotFiles.write(entries(), snapshot).catch(options.onFault);
      rooms?.take(snapshot);
      options.onSnapshot(snapshot);
      pulse.ended();
    },
  });
  if (!('round' in core)) {
    record.close();
    return { kind: 'bad-settings', problems: core.problems };
  }
  const entries = (): ReturnType<typeof core.entries> => core.entries();

  const built = createRooms({
    ...options,
    record,
    database,
    core,
    published,
    secrets,
    pulse,
    config: () => core.settings().config,
    announce: (event, json) => endpoint?.publish(event, () => json),
    hasShell: () => endpoint?.hasShell() ?? false,
  });
  rooms = built;

  const who = options.env['USER'] ?? options.env['USERNAME'] ?? 'local user';
  const desk = { clock: options.clock, who, record, account: core.account, onChange: () => core.request() };

  const file = createSettingsFile(places);
  // The door opens when there is something to answer with.
  await core.round();
  if (options.hasApi) {
    endpoint = await openEndpoint({
      clock: options.doorClock ?? options.clock,
      places,
      pageDir: options.files.pageDir,
      wantedPort: options.wantedPort ?? core.settings().config.port,
      door: {
        version: options.version,
        snapshot: () => published.snapshot(),
        snapshotJson: () => published.snapshotJson(),
        decisionJson: (id, change) => published.decisionJson(id, change),
        probabilityAbove: (minutes, percent) => core.probabilityAbove(minutes, percent),
        simulate: (query) => core.simulate(query, published.snapshot()),
        poke: () => core.request(),
        nearby: () =>
          nearbyRepositories(
            homeOf(options.env),
            core.entries().map(({ project }) => project.path),
            options.doorClock ?? options.clock,
          ),
        keptDecision: (id) => record.decision(id),
        keptDecisions: (filter) => record.decisions(filter),
        history: built.history,
        jobs: built.jobs.desk,
        actions: built.remediation.desk,
        scaling: built.scaling,
        schedules: () => built.retraining.list(),
        energyDays: (query) => built.energyLedger.days(query),
        metrics: built.metrics,
        gates: createGateDesk({
          projects: () => core.entries().map(({ project }) => project),
          snapshot: () => published.snapshot(),
          onAsked: (project, change) => published.decisionJson(project, change),
        }),
        doctor: createSystemDoctor(options),
        notices: built.notices,
        person: createPersonDesk({ ...desk, controls: core.controls }),
        projects: createProjectDesk({ ...desk, file, homeDir: homeOf(options.env) }),
        settings: createSettingsDesk({ ...desk, file, inForce: () => core.settings() }),
        record: createRecordDesk(desk),
        sync: built.sync,
        webhooks: built.webhooks,
      },
      onFault: options.onFault,
    });
    endpoint.publish('snapshot', () => published.snapshotJson());
    if (endpoint.moved) notes.push(portMoved(endpoint.file.url));
  }
  if (!options.isOnce) {
    core.start();
    rooms.start();
  }

  return {
    kind: 'hosting',
    endpoint,
    async stop() {
      await core.stop();
      await rooms.stop();
      await endpoint?.close();
      record.close();
    },
  };
}

/** Where `~` of a typed path leads; nowhere without a home. */
function homeOf(env: HostOptions['env']): string {
  return env['HOME'] ?? env['USERPROFILE'] ?? '';
}

/** One round leaves nothing behind but the snapshot. */
async function recordOf(
  options: HostOptions,
  notes: Note[],
): Promise<Pick<OpenedRecord, 'record' | 'database' | 'notes'>> {
  if (options.isOnce) return { record: createMemoryRecord(), database: null, notes: () => [] };
  const { clock, places } = options;
  const opened = await openRecord(places.historyPath, clock.wallMs(), () => clock.wallMs());
  if (opened.problem !== null) notes.push({ code: 'record', text: opened.problem });
  return opened;
}

function portMoved(url: string): Note {
  return { code: 'port-moved', text: `The port was taken by another program; listening at ${url}.` };
}

async function notesAtStart(places: Places): Promise<Note[]> {
  const skipped = await takeSkippedGates(places);
  if (skipped === null) return [];
  const which = skipped.projects.join(', ');
  const times = skipped.count === 1 ? 'One gate was' : `${skipped.count} gates were`;
  return [{ code: 'gates-skipped', text: `${times} skipped while the core was away (${which}).` }];
}
