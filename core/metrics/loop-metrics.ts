import { JOB_STATES } from '../../shared/contract/vocabulary.ts';
import { counter, gauge, histogram, sample, type Metric, type Sample } from './metric.ts';

const SEVERITIES = ['info', 'warning', 'critical'] as const;

/** The loop and this process itself, and what the other rooms have under way. */
export const LOOP_METRICS: readonly Metric[] = [
  counter({
    name: 'orch_loop_ticks_total',
    help: 'Rounds of the loop that ended',
    since: 'run',
    read: ({ loop }) => sample(loop.ticks),
  }),
  histogram({
    name: 'orch_loop_tick_duration_seconds',
    help: 'How long a round of the loop took',
    unit: 's',
    read: ({ loop }) => loop.tickDurations,
  }),
  gauge({
    name: 'orch_loop_last_tick_timestamp_seconds',
    help: 'When the last round ended, in seconds since 1970',
    unit: 's',
    read: ({ loop }) => sample(loop.lastTickAtMs === null ? null : loop.lastTickAtMs / 1000),
  }),
  counter({
    name: 'orch_loop_faults_total',
    help: 'Errors that were caught and told',
    since: 'run',
    read: ({ loop }) => sample(loop.faults),
  }),
  counter({
    name: 'orch_process_cpu_seconds_total',
    help: 'Processor time this process used',
    since: 'run',
    unit: 's',
    read: ({ own }) => sample(own.cpuSeconds),
  }),
  gauge({
    name: 'orch_process_resident_memory_bytes',
    help: 'Memory this process holds',
    unit: 'By',
    read: ({ own }) => sample(own.residentBytes),
  }),
  gauge({
    name: 'orch_process_start_time_seconds',
    help: 'When the core started, in seconds since 1970',
    unit: 's',
    read: ({ startedAtMs }) => sample(startedAtMs / 1000),
  }),
  gauge({
    name: 'orch_build_info',
    help: 'The version that runs; always 1',
    labels: ['version'],
    read: ({ snapshot }) => sample(1, { version: snapshot.version }),
  }),
  gauge({
    name: 'orch_alerts_active',
    help: 'Alerts that stand, by severity',
    labels: ['severity'],
    most: SEVERITIES.length,
    read: ({ snapshot }) =>
      SEVERITIES.flatMap((severity) =>
        sample(snapshot.alerts.filter((alert) => alert.severity === severity).length, { severity }),
      ),
  }),
  gauge({
    name: 'orch_jobs',
    help: 'Managed jobs that are not over, by state',
    labels: ['state'],
    most: JOB_STATES.length,
    read: ({ snapshot }) =>
      JOB_STATES.flatMap((state) => sample(snapshot.jobCounts?.[state] ?? 0, { state })),
  }),
  gauge({
    name: 'orch_sync_queued',
    help: 'Messages that wait to be sent, by destination',
    labels: ['destination'],
    most: 16,
    read: ({ snapshot }) => queued(snapshot.sync),
  }),
];

function queued(sync: Readonly<Record<string, unknown>>): readonly Sample[] {
  return Object.entries(sync).flatMap(([destination, state]) => {
    const count = (state as { readonly queuedCount?: unknown } | null)?.queuedCount;
    return typeof count === 'number' ? sample(count, { destination }) : [];
  });
}
