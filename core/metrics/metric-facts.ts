import type { ErrorBudget } from '../../shared/consciousness/burn-rate.ts';
import type { Snapshot } from '../../shared/contract/state.ts';
import type { LoopCounts } from './loop-pulse.ts';
import type { ProjectEvidence } from './project-evidence.ts';
import type { RecordTotals } from './record-totals.ts';
import type { SloViolation } from './slo-watch.ts';

/** What one registered project shows besides its scores. */
export interface ProjectFacts {
  readonly id: string;
  readonly evidence: ProjectEvidence;
  /** Null where no error rate is read. */
  readonly budget: ErrorBudget | null;
}

/** What this process uses itself. */
export interface OwnUse {
  /** Processor time since it started, user and system. */
  readonly cpuSeconds: number;
  readonly residentBytes: number;
}

/** Everything the metrics are read from. All of it is in memory, but for one query of the record. */
export interface MetricFacts {
  readonly snapshot: Snapshot;
  readonly projects: readonly ProjectFacts[];
  /** Null where nothing is recorded. */
  readonly record: RecordTotals | null;
  readonly loop: LoopCounts;
  readonly sloViolations: readonly SloViolation[];
  readonly own: OwnUse;
  /** Wall milliseconds. */
  readonly startedAtMs: number;
}
