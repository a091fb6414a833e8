import { statfs } from 'node:fs/promises';

import type { AlertFacts, BlockedAsk, ChannelTrouble, RolledBack } from '../../shared/alerts/alert-rule.ts';
import type { Snapshot } from '../../shared/contract/state.ts';
import { publicDecision } from '../../shared/policy/public-decision.ts';
import type { Clock } from '../clock.ts';
import type { RecordStore } from '../history/record.ts';

export interface FactParts {
  readonly clock: Clock;
  readonly record: Pick<RecordStore, 'decisions' | 'deployments'>;
  readonly stateDir: string;
  readonly noticesRefused: () => string | null;
  readonly trayMissing: () => boolean;
  readonly channelTroubles: () => readonly ChannelTrouble[];
  readonly onFault: (error: unknown) => void;
}

const ASKED_WITHIN_MS = 10 * 60_000;
const ASKED_MOST = 20;
const DAY_MS = 24 * 60 * 60_000;
const DISK_EVERY_MS = 60_000;

/** What alerts look at beside the snapshot, from memory and the record; the disk is asked aside, once a minute. */
export function createFactGatherer(parts: FactParts): (snapshot: Snapshot) => AlertFacts {
  const { clock } = parts;
  let throttled: { count: number; atMs: number | null } | null = null;
  let freeDiskBytes: number | null = null;
  let diskAskedAtMs: number | null = null;

  const askDisk = (): void => {
    if (diskAskedAtMs !== null && clock.monotonicMs() - diskAskedAtMs < DISK_EVERY_MS) return;
    diskAskedAtMs = clock.monotonicMs();
    statfs(parts.stateDir).then(
      ({ bavail, bsize }) => (freeDiskBytes = bavail * bsize),
      () => (freeDiskBytes = null),
    );
  };

  return (snapshot) => {
    askDisk();
    const nowMs = clock.wallMs();
    const count = snapshot.energy.thermal.throttleCount ?? null;
    if (count !== null) {
      const rose = throttled !== null && count > throttled.count;
      throttled = { count, atMs: rose ? nowMs : (throttled?.atMs ?? null) };
    }
    const { blockedAsks, rollbacks } = fromRecord(parts, snapshot, nowMs);
    return {
      snapshot,
      nowMs,
      blockedAsks,
      rollbacks,
      throttledAtMs: throttled?.atMs ?? null,
      freeDiskBytes,
      noticesRefused: parts.noticesRefused(),
      trayMissing: parts.trayMissing(),
      channelTroubles: parts.channelTroubles(),
    };
  };
}

/** A record that cannot be read says nothing, and that is told elsewhere. */
function fromRecord(
  { record, onFault }: FactParts,
  snapshot: Snapshot,
  nowMs: number,
): { blockedAsks: readonly BlockedAsk[]; rollbacks: readonly RolledBack[] } {
  try {
    const blockedAsks = record
      .decisions({ limit: ASKED_MOST })
      .filter(({ verdict, decidedAt }) => verdict === 'block' && isWithin(decidedAt, nowMs, ASKED_WITHIN_MS))
      .map((decision): BlockedAsk => {
        const { project, change, bindingReason, cheapestWayToPass, decidedAt } = publicDecision(decision);
        const atMs = Date.parse(decidedAt);
        return { project, change, bindingReason: bindingReason ?? '', cheapestWayToPass, atMs };
      });
    const byCore = rollbacksOf(snapshot);
    const byOthers = record
      .deployments({ sinceMs: nowMs - DAY_MS })
      .filter(({ id, result }) => result === 'rolled-back' && !byCore.has(id))
      .map(({ id, project, commit, startedAt, finishedAt }) => ({
        id,
        project,
        commit,
        atMs: Date.parse(finishedAt ?? startedAt),
      }));
    const rollbacks = [...[...byCore.values()].filter((done) => done !== null), ...byOthers];
    return { blockedAsks, rollbacks };
  } catch (error) {
    onFault(error);
    return { blockedAsks: [], rollbacks: [] };
  }
}

/**
 * The core's own rollbacks by deployment, dated by themselves: what they took back may have been there for days. Null
 * for one that a person took back again.
 */
function rollbacksOf({ actions = [] }: Snapshot): ReadonlyMap<string, RolledBack | null> {
  const found = new Map<string, RolledBack | null>();
  // A later one of the same deployment counts.
  const inOrder = [...actions].sort((one, other) => (one.beganAt < other.beganAt ? -1 : 1));
  for (const { kind, state, project, subject, detail } of inOrder) {
    const { deployment: id, rolledBackAt } = detail;
    if (kind !== 'rollback' || project === null || typeof id !== 'string' || typeof rolledBackAt !== 'string')
      continue;
    const done = { id, project, commit: subject, atMs: Date.parse(rolledBackAt) };
    found.set(id, state === 'undone' ? null : done);
  }
  return found;
}

function isWithin(instant: string, nowMs: number, withinMs: number): boolean {
  const ageMs = nowMs - Date.parse(instant);
  return ageMs < withinMs && ageMs > -withinMs;
}
