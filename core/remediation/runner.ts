import { randomUUID } from 'node:crypto';
import { homedir } from 'node:os';

import type { CommandConfig, RunOutcome } from '../../shared/contract/command.ts';
import type { AuditEntry } from '../../shared/contract/record.ts';
import { isoNow, type Clock } from '../clock.ts';
import type { RecordStore } from '../history/record.ts';
import { processMembers } from './process-members.ts';
import { endMembers } from './process-signals.ts';
import type { ProcessTable } from './process-table.ts';
import { commandEnvironment } from './runner-environment.ts';
import { outputText } from './runner-output.ts';
import { runProcess, type ProcessEnd } from './runner-process.ts';
import { maskSecrets } from './runner-secrets.ts';

/** What somebody in the core wants done, and why. */
export interface RunRequest {
  /** Kebab-case, as the audit shows it: `rollback`, `throttle`, `throttle-undo`, `scale`. */
  readonly act: string;
  /** Null for the machine itself. */
  readonly project: string | null;
  /** One sentence for a person: "battery 12 %", "error rate 8 % for 5 minutes". */
  readonly cause: string;
  readonly command: CommandConfig;
  /** Runs that touch the same thing never overlap: `deploy:shop`, `container:trainer`. */
  readonly resource: string;
  /** What happens when something runs on that resource already. `wait` where nothing is said. */
  readonly whenBusy?: 'wait' | 'skip';
  /** Runs nothing and records what would have been run. */
  readonly observeOnly?: boolean;
  /** More arguments, each an item of its own, never through a shell line. */
  readonly args?: readonly string[];
  /** What the command is told, as variables: names begin with ORCH_. */
  readonly facts?: Readonly<Record<string, string>>;
  /** Working folder where the command names none. */
  readonly folder?: string;
  readonly signal?: AbortSignal;
}

export interface RunResult {
  readonly runId: string;
  readonly outcome: RunOutcome;
  readonly isOk: boolean;
  /** One sentence for a person: "ended with 3", "took longer than 60 s and was ended". */
  readonly text: string;
  readonly exitCode: number | null;
  readonly exitSignal: string | null;
  readonly durationMs: number;
  /** The last 64 kB of stdout and stderr together, secrets masked. */
  readonly output: string;
  readonly outputBytes: number;
  /** Processes it left behind, which were ended. */
  readonly leftBehind: number;
}

/** Runs configured commands: bounded in time and output, one at a time a resource, recorded before and after. */
export interface Runner {
  /** Never rejects: whatever happens is an outcome. */
  run(request: RunRequest): Promise<RunResult>;
  /** Whether something runs or waits on a resource. */
  isBusy(resource: string): boolean;
  /** Ends what a core before this one left running; gives how many processes that were. */
  endOrphans(): Promise<number>;
  /** Ends whatever runs and refuses the rest. */
  stop(): Promise<void>;
}

export interface RunnerParts {
  readonly clock: Clock;
  readonly table: ProcessTable;
  readonly record: Pick<RecordStore, 'audit'>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Tells this core's commands from those of a core with another home. */
  readonly home: string;
  /** Why nothing at all may be run, half a sentence; null when it may. */
  readonly refusal: () => string | null;
  /** Values that no record may show, beside the command's own. */
  readonly secrets: () => readonly string[];
  /** Between SIGTERM and SIGKILL; 5 s where nothing is said. */
  readonly graceMs?: number;
}

const KEPT_BYTES = 64 * 1024;
const GRACE_MS = 5_000;
/** The record keeps less than the caller is given: it is read by people, for years. */
const RECORDED_CHARACTERS = 2_000;
const HOME_MARK = 'ORCH_RUN_HOME';

export function createRunner(parts: RunnerParts): Runner {
  const { clock, table, graceMs = GRACE_MS } = parts;
  const lanes = new Map<string, Promise<unknown>>();
  const stopping = new AbortController();
  const running = new Set<Promise<unknown>>();

  const perform = async (request: RunRequest, runId: string): Promise<RunResult> => {
    const startedAtMs = clock.monotonicMs();
    const argv = argvOf(request);
    const folder = request.command.folder ?? request.folder ?? homedir();
    let secrets: readonly string[] = [];
    const masked = (text: string): string => maskSecrets(text, [...secrets, ...parts.secrets()]);
    const told = (step: string, detail: AuditEntry['detail']): void =>
      parts.record.audit({
        at: isoNow(clock),
        actor: 'core',
        act: `${request.act}-${step}`,
        project: request.project,
        cause: masked(request.cause),
        detail: { runId, resource: request.resource, ...detail },
      });
    const shown = (): AuditEntry['detail'] => ({ command: argv.map(masked), folder });
    const withoutRun = (outcome: RunOutcome, text: string): RunResult => {
      told(outcome, { ...shown(), text: masked(text) });
      return result(runId, outcome, masked(text), NO_END, '', clock.monotonicMs() - startedAtMs);
    };

    if (request.observeOnly === true) return withoutRun('observed', 'observe-only: nothing was run');
    const refusal = stopping.signal.aborted ? 'the core is stopping' : parts.refusal();
    if (refusal !== null) return withoutRun('refused', `refused: ${refusal}`);
    let variables: Record<string, string>;
    try {
      const made = commandEnvironment(parts.env, request.command, request.facts ?? {});
      secrets = made.secrets;
      variables = { ...made.variables, ORCH_RUN_ID: runId, [HOME_MARK]: parts.home };
    } catch (error) {
      return withoutRun('refused', `refused: ${(error as Error).message}`);
    }

    told('begin', shown());
    const { signal } = request;
    const end = await runProcess(parts, {
      argv,
      folder,
      environment: variables,
      mark: `ORCH_RUN_ID=${runId}`,
      timeoutMs: request.command.timeoutSeconds * 1000,
      graceMs,
      keepBytes: KEPT_BYTES,
      signal: signal === undefined ? stopping.signal : AbortSignal.any([signal, stopping.signal]),
    });
    const durationMs = clock.monotonicMs() - startedAtMs;
    const outcome = outcomeOf(end);
    const output = masked(outputText(end.output));
    const text = masked(textOf(end, outcome, request.command.timeoutSeconds));
    told('end', {
      outcome,
      text,
      exitCode: end.exitCode,
      exitSignal: end.exitSignal,
      durationMs: Math.round(durationMs),
      leftBehind: end.leftBehind,
      outputBytes: end.outputBytes,
      outputTail: output.slice(-RECORDED_CHARACTERS),
    });
    return result(runId, outcome, text, end, output, durationMs);
  };

  const run = async (request: RunRequest): Promise<RunResult> => {
    const runId = randomUUID();
    const before = lanes.get(request.resource);
    if (before !== undefined && request.whenBusy === 'skip') {
      return result(runId, 'busy', `something runs on ${request.resource} already`, NO_END, '', 0);
    }
    const turn = (before ?? Promise.resolve()).then(() => perform(request, runId));
    const lane = turn.catch(() => undefined);
    lanes.set(request.resource, lane);
    running.add(lane);
    try {
      return await turn;
    } catch (error) {
      // The record could not be written, or a bug of our own: the caller still gets an outcome.
      return result(runId, 'refused', (error as Error).message, NO_END, '', 0);
    } finally {
      running.delete(lane);
      if (lanes.get(request.resource) === lane) lanes.delete(request.resource);
    }
  };

  return {
    run,
    isBusy: (resource) => lanes.has(resource),
    async endOrphans() {
      const mark = `${HOME_MARK}=${parts.home}`;
      const find = (): ReturnType<typeof processMembers> =>
        processMembers(table.list(), ({ pid }) => table.hasMark(pid, mark), process.pid);
      const { ended } = await endMembers(clock, find, graceMs);
      if (ended > 0) {
        parts.record.audit({
          at: isoNow(clock),
          actor: 'core',
          act: 'orphans-ended',
          project: null,
          cause: 'the core before this one did not end what it ran',
          detail: { processes: ended },
        });
      }
      return ended;
    },
    async stop() {
      stopping.abort();
      await Promise.allSettled(running);
    },
  };
}

function argvOf({ command, args = [] }: RunRequest): string[] {
  const [first = '', ...rest] = [...command.run, ...args];
  return command.shell ? ['/bin/sh', '-c', first, 'sh', ...rest] : [first, ...rest];
}

const NO_END = { exitCode: null, exitSignal: null, outputBytes: 0, leftBehind: 0 } as const;

function result(
  runId: string,
  outcome: RunOutcome,
  text: string,
  end: Pick<ProcessEnd, 'exitCode' | 'exitSignal' | 'outputBytes' | 'leftBehind'>,
  output: string,
  durationMs: number,
): RunResult {
  const { exitCode, exitSignal, outputBytes, leftBehind } = end;
  const isOk = outcome === 'ok';
  return {
    runId,
    outcome,
    isOk,
    text,
    exitCode,
    exitSignal,
    durationMs,
    output,
    outputBytes,
    leftBehind,
  };
}

function outcomeOf({ kind, endedBy, exitCode, exitSignal }: ProcessEnd): RunOutcome {
  if (kind === 'not-started') return 'refused';
  if (kind !== 'exited') return kind;
  if (endedBy !== null) return endedBy;
  if (exitSignal !== null) return 'signal';
  return exitCode === 0 ? 'ok' : 'failed';
}

function textOf(end: ProcessEnd, outcome: RunOutcome, limitSeconds: number): string {
  const behind =
    end.leftBehind === 0
      ? ''
      : `; ${end.leftBehind} ${end.leftBehind === 1 ? 'process' : 'processes'} it left behind ended`;
  const stuck = end.stuck === 0 ? '' : `; ${end.stuck} could not be ended`;
  const what = ((): string => {
    switch (outcome) {
      case 'ok':
        return 'done';
      case 'failed':
        return `ended with ${end.exitCode}`;
      case 'signal':
        return `was ended by ${end.exitSignal}`;
      case 'timeout':
        return `took longer than ${limitSeconds} s and was ended`;
      case 'cancelled':
        return 'was cancelled and ended';
      default:
        return end.problem ?? outcome;
    }
  })();
  return `${what}${behind}${stuck}`;
}
