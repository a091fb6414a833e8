import type { EnergyState, Machine } from '../shared/contract/energy.ts';
import type { ProjectState, Snapshot } from '../shared/contract/state.ts';
import { isoNow, type Clock } from './clock.ts';
import { createLoop } from './loop.ts';

export type Note = Snapshot['notes'][number];

/** What the loop needs of the rooms around it. Each answers from memory or within its own time limit. */
export interface OrchestratorParts {
  readonly version: string;
  readonly clock: Clock;
  readonly intervalMs: () => number;
  /** Step 1. Reads the power now. */
  readonly look: () => Promise<EnergyState>;
  readonly machine: () => Promise<Machine>;
  /** What lies ahead and what is drawn now, after the look. */
  readonly outlook: () => Pick<Snapshot, 'forecast' | 'forecastErrors' | 'draw'>;
  /** Step 2. Reads again what the projects say, each within its own limit. */
  readonly refreshEvidence: () => Promise<void>;
  /** Steps 2 and 3. Scores, modes and decisions, from what was read. */
  readonly judge: (energy: EnergyState, machine: Machine, sequence: number) => readonly ProjectState[];
  /** What alerts, jobs and mirrors make of the judged state. */
  readonly complete: (
    judged: Snapshot,
  ) => Pick<Snapshot, 'actions' | 'alerts' | 'jobs' | 'jobCounts' | 'sync'>;
  /** What the person should know about the product itself. */
  readonly notes: () => readonly Note[];
  /** Step 5. Page, console, files: each taker fails alone. */
  readonly publish: (snapshot: Snapshot) => void;
  readonly onFault: (error: unknown) => void;
}

export interface Orchestrator {
  start(): void;
  /** Something happened: power, a report, a person. Runs the loop at once. */
  request(): void;
  /** One whole round, for `orch daemon --once`. */
  round(): Promise<Snapshot>;
  stop(): Promise<void>;
}

/** The loop of the domain, 1.4: it reads like that list. */
export function createOrchestrator(parts: OrchestratorParts): Orchestrator {
  let sequence = 0;

  const round = async (): Promise<Snapshot> => {
    // 1. Energy check, and what evaluation reads: none of them waits for another. The machine comes last, because it
    // is read here and now, while sensors and disks are under way.
    const [energy, , machine] = await Promise.all([parts.look(), parts.refreshEvidence(), parts.machine()]);
    // 2. Evaluation, and 3. policy.
    sequence += 1;
    const projects = parts.judge(energy, machine, sequence);
    // 5. Dashboard and record.
    const judged: Snapshot = {
      schemaVersion: 1,
      sequence,
      at: isoNow(parts.clock),
      version: parts.version,
      energy,
      machine,
      projects: [...projects],
      alerts: [],
      jobs: [],
      ...parts.outlook(),
      sync: {},
      notes: [...parts.notes()],
    };
    const snapshot: Snapshot = { ...judged, ...parts.complete(judged) };
    parts.publish(snapshot);
    return snapshot;
  };

  const loop = createLoop({
    clock: parts.clock,
    intervalMs: parts.intervalMs,
    work: async () => {
      await round();
    },
    onFault: parts.onFault,
  });
  return { ...loop, round };
}
