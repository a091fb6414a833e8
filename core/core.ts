import type { SimulateQuery, SimulateReply } from '../shared/contract/requests.ts';
import type { Snapshot } from '../shared/contract/state.ts';
import type { QuarantineFacts } from '../shared/policy/decide.ts';
import type { Clock } from './clock.ts';
import type { ConfigProblem } from './config-file.ts';
import { watchConfig, type ConfigInForce } from './config-watch.ts';
import { createControls, type Controls } from './controls.ts';
import { createEnergyDiary } from './energy-diary.ts';
import type { EnergyAccount } from './energy-account.ts';
import { createRecordMemory } from './evidence/record-facts.ts';
import { createScoreDiary } from './evidence/score-diary.ts';
import type { RecordStore } from './history/record.ts';
import { createInstruments } from './instruments.ts';
import { createJudge } from './judge.ts';
import { createOrchestrator, type Note, type OrchestratorParts } from './orchestrator.ts';
import type { Places } from './places.ts';
import type { ProductFiles } from './product-files.ts';
import { createNearStamp } from './projects/near-stamp.ts';
import { createProjectSet, type ProjectEntry, type ProjectSet } from './project-set.ts';

export interface CoreOptions {
  readonly clock: Clock;
  /** 0 up to 1; spreads retries. */
  readonly chance: () => number;
  readonly places: Places;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly version: string;
  readonly files: ProductFiles;
  readonly record: RecordStore;
  /** Null takes the settings' interval. */
  readonly intervalMs: number | null;
  /** What the host itself has to say: a port that was taken, gates skipped while it was away. */
  readonly notes: () => readonly Note[];
  /** What alerts, jobs and mirrors add to a judged snapshot; nothing without it. */
  readonly complete?: OrchestratorParts['complete'];
  /** The commit that stands in a project and was rolled back; never any without it. */
  readonly quarantine?: (entry: ProjectEntry) => QuarantineFacts | null;
  /** A round of the loop begins; the sensors were just asked. */
  readonly onRound?: () => void;
  readonly publish: (snapshot: Snapshot) => void;
  readonly onFault: (error: unknown) => void;
}

export interface Core {
  settings(): ConfigInForce;
  entries: ProjectSet['entries'];
  readonly controls: Controls;
  readonly account: EnergyAccount;
  probabilityAbove(minutes: number, percent: number): number | null;
  /** A person or a record changed something: judge again at once. */
  request(): void;
  /** One whole round of the loop. */
  round(): Promise<Snapshot>;
  simulate(query: SimulateQuery, snapshot: Snapshot): SimulateReply | null;
  /** From now on a round every interval, and at once on a power, report or person event. */
  start(): void;
  stop(): Promise<void>;
}

/**
 * Puts the rooms together and decides nothing. Neither listens nor writes: hosts add the endpoint and the files.
 * Gives the settings' problems back when there are no good settings at all.
 */
export async function createCore(
  options: CoreOptions,
): Promise<Core | { readonly problems: readonly ConfigProblem[] }> {
  const { clock } = options;
  const stampOf = createNearStamp(options.places.stateDir);
  const settings = await watchConfig(options.places, clock, stampOf, (inForce) => {
    projects.use(inForce.config);
    instruments.use(inForce.config);
    orchestrator.request();
  });
  if (!('current' in settings)) return settings;
  const { config } = settings.current();

  const projects = createProjectSet({ clock, stampOf, onChange: () => orchestrator.request() });
  const instruments = createInstruments({
    ...options,
    store: options.record,
    config,
    onChange: () => orchestrator.request(),
    onNote: createEnergyDiary(clock, options.record),
  });
  const controls = createControls(clock, options.record);
  const facts = createRecordMemory(clock, options.record);
  const judge = createJudge({
    clock,
    controls,
    entries: () => projects.entries(),
    measured: ({ project, gatherer }) => ({ ...gatherer.measured(), record: facts.of(project.id) }),
    diary: createScoreDiary(clock, options.record),
    quarantine: (entry) => options.quarantine?.(entry) ?? null,
    observeOnly: () => settings.current().config.policy.observeOnly,
    gridLimit: (runsOnGrid) => instruments.gridLimit(runsOnGrid),
  });
  const orchestrator = createOrchestrator({
    version: options.version,
    clock,
    intervalMs: () => options.intervalMs ?? settings.current().config.intervalSeconds * 1000,
    look() {
      const looking = instruments.look();
      options.onRound?.();
      return looking;
    },
    machine: () => instruments.machine(),
    outlook: () => ({
      forecast: [...instruments.forecast()],
      forecastErrors: [...instruments.forecastErrors()],
      draw: instruments.account.draw(),
    }),
    refreshEvidence: async () => {
      facts.refresh(projects.entries().map(({ project }) => project.id));
      await Promise.all([projects.refresh(), settings.refresh()]);
    },
    judge: (energy, machine, sequence) => judge.judge(energy, machine, sequence),
    notes: () => [...settingNotes(settings.current()), ...options.notes()],
    complete: options.complete ?? (() => ({ alerts: [], jobs: [], sync: {} })),
    publish: options.publish,
    onFault: options.onFault,
  });
  projects.use(config);

  return {
    settings: () => settings.current(),
    entries: () => projects.entries(),
    controls,
    account: instruments.account,
    probabilityAbove: (minutes, percent) => instruments.probabilityAbove(minutes, percent),
    request: () => orchestrator.request(),
    round: () => orchestrator.round(),
    simulate: (query, snapshot) => judge.simulate(query, snapshot),
    start() {
      instruments.start();
      orchestrator.start();
    },
    async stop() {
      await orchestrator.stop();
      settings.close();
      projects.close();
      await instruments.stop();
    },
  };
}

function settingNotes({ problems }: ConfigInForce): Note[] {
  return problems.map(({ text }) => ({
    code: 'config-error',
    text: `${text}. Keeping the last good settings.`,
  }));
}
