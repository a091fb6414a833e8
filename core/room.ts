import type { DatabaseSync } from 'node:sqlite';

import type { Config } from '../shared/contract/config.ts';
import type { Snapshot } from '../shared/contract/state.ts';
import type { Clock } from './clock.ts';
import type { Core } from './core.ts';
import type { RecordStore } from './history/record.ts';
import type { LoopPulse } from './metrics/loop-pulse.ts';
import type { Places } from './places.ts';
import type { ProductFiles } from './product-files.ts';
import type { Published } from './published.ts';
import type { Runner } from './remediation/runner.ts';
import type { Secrets } from './secrets.ts';

/**
 * A part of the core that lives from snapshot to snapshot: history, alerts, jobs, sync. It judges nothing; what it
 * adds is seen in the snapshot and behind the endpoint.
 */
export interface Room {
  /** A round begins, and the sensors are being read: the time to measure what a room measures itself. */
  begin?(): void;
  /** Each new snapshot, after it was published. Never awaited; what it throws harms no other room. */
  take?(snapshot: Snapshot): void;
  /** The first snapshot is there and the endpoint is open. Not called for one round alone. */
  start?(): void;
  stop?(): void | Promise<void>;
}

/** What a room may ask of the house. */
export interface RoomContext {
  readonly clock: Clock;
  /** 0 up to 1; spreads retries and starts. */
  readonly chance: () => number;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly version: string;
  readonly places: Places;
  readonly files: ProductFiles;
  readonly record: RecordStore;
  /** The record's own database, for tables of a room; null where none could be opened. */
  readonly database: DatabaseSync | null;
  readonly core: Core;
  readonly published: Published;
  /** The one place that keeps secrets, whoever hosts the core. */
  readonly secrets: Secrets;
  /** What the loop did so far. */
  readonly pulse: Pick<LoopPulse, 'counts'>;
  /** The settings in force; they change while the core runs. */
  readonly config: () => Config;
  /** Whether a desktop shell listens at GET /v1/events?client=shell: it then shows notices, not the core. */
  readonly hasShell: () => boolean;
  /** An event for everybody who listens at GET /v1/events. */
  readonly announce: (event: 'alert' | 'decision' | 'job', json: string) => void;
  /** Runs every configured command; the one of the whole house. */
  readonly runner: Runner;
  /** How often the loop runs where something other than the settings says it. */
  readonly intervalMs?: number | null;
  readonly onFault: (error: unknown) => void;
}
