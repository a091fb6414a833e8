import type { JobsConfig } from '../../shared/contract/jobs-config.ts';
import type { AuditEntry } from '../../shared/contract/record.ts';
import { stepPace } from '../../shared/jobs/pause-rule.ts';
import { hasRoom, isNiced, type Running } from '../../shared/jobs/start-rule.ts';
import { LEVEL_ACTIONS } from '../../shared/policy/rules/levels.ts';
import type { Clock } from '../clock.ts';
import { BY_HAND } from './job-cause.ts';
import type { JobFolder } from './job-folder.ts';
import type { Launched } from './job-launcher.ts';
import type { JobProcesses } from './job-processes.ts';
import { hasStarted, holdsPlace, isOver, type JobRecord } from './job-record.ts';
import type { BookedJob, JobsBook } from './jobs-book.ts';
import { jobPace, paceLimits, type JobsOutlook } from './jobs-view.ts';

export interface OverseerParts {
  readonly clock: Clock;
  readonly book: JobsBook;
  readonly processes: JobProcesses;
  readonly folderOf: (id: string) => JobFolder;
  readonly config: () => JobsConfig;
  /** What the rules say now; null before the first snapshot. */
  readonly outlook: () => JobsOutlook | null;
  readonly launch: (job: JobRecord, folder: JobFolder, isNiced: boolean) => Promise<Launched>;
  readonly told: (act: string, job: JobRecord, cause: string, detail: AuditEntry['detail']) => void;
  readonly onFault: (error: unknown) => void;
}

/** Does what the rules say: starts, signals, pauses, resumes and ends jobs, and sees how they end. */
export interface JobsOverseer {
  /** Looks at every job once. Called on each snapshot, after each act, and by itself while something is due. */
  look(): void;
  /** The command ended: said by whoever started it. */
  commandEnded(job: BookedJob, exitCode: number): void;
  /** Ends a job: TERM, a while later KILL, until no process of it is left. */
  cancel(job: BookedJob, why: string): void;
  /** Whether a job of this project would run at low priority now. */
  isNiced(record: Pick<JobRecord, 'project'>): boolean;
  stop(): void;
}

/** The places that are taken now, counted on as more are. */
interface Places {
  readonly running: Running;
  readonly add: (record: JobRecord) => void;
}

const LOOK_EVERY_MS = 1_000;
/** `orch run` answers within a second; one that does not has lost its place to the next. */
const PLACE_KEPT_MS = 15_000;
const FIRST_LOOK_MS = 100;
const LONGEST_LOOK_MS = 5_000;
/** Processes that end a moment after their command are not worth a word. */
const TELL_OTHERS_MS = 800;

export function createJobsOverseer(parts: OverseerParts): JobsOverseer {
  const { clock, book, processes, told } = parts;
  let cancelLook = (): void => undefined;
  let isStopped = false;

  const finish = (job: BookedJob, state: 'ended' | 'cancelled' | 'lost', remark: string): void => {
    if (isOver(job.record)) return;
    book.change(job, { state, remark, endedMs: clock.wallMs(), signalledMs: null });
    const { exitCode, energyWh, ranMs } = job.record;
    told('job-end', job.record, remark, { state, exitCode, energyWh, ranSeconds: Math.round(ranMs / 1000) });
    if (job.record.startedBy === 'terminal') parts.folderOf(job.record.id).remove();
  };
  const commandEnded = (job: BookedJob, exitCode: number): void => {
    if (job.record.exitCode !== null) return;
    book.change(job, { exitCode });
    if (job.record.state !== 'ending') lookForOthers(job);
  };
  const lookForOthers = (job: BookedJob): void => {
    const { exitCode } = job.record;
    const count = processes.count(job.record);
    if (count === 0 && exitCode !== null) {
      finish(job, 'ended', endWords(exitCode));
      return;
    }
    if (count === 0) {
      finish(job, 'lost', 'it ended while nobody watched; its exit code is not known');
      return;
    }
    job.lookAfterMs = Math.min(LONGEST_LOOK_MS, Math.max(FIRST_LOOK_MS, job.lookAfterMs * 2));
    job.lookDueMs = clock.monotonicMs() + job.lookAfterMs;
    if (job.lookAfterMs < TELL_OTHERS_MS) return;
    const ended = exitCode === null ? 'the command ended' : `the command ended with ${exitCode}`;
    const remark = `${ended}; ${count} ${count === 1 ? 'process' : 'processes'} it started go on`;
    if (job.record.remark !== remark) book.change(job, { remark });
  };

  /** Whether its processes are still there, and what became of them. */
  const watch = (job: BookedJob): void => {
    const { record } = job;
    const folder = parts.folderOf(record.id);
    if (record.leader === null) {
      const pid = folder.pid();
      const leader = pid === null ? null : processes.claimed(record.id, pid);
      if (leader !== null) book.change(job, { leader });
    }
    const exitCode = record.exitCode ?? folder.exit();
    if (exitCode !== null && record.exitCode === null) {
      commandEnded(job, exitCode);
      return;
    }
    if (record.state === 'ending') return;
    if (exitCode === null) {
      if (job.record.leader !== null && processes.isAlive(job.record.leader)) return;
      // Whoever keeps it saw the end, or is about to start it, and will tell.
      if (record.keeper !== null && processes.isAlive(record.keeper)) return;
    }
    if (clock.monotonicMs() >= job.lookDueMs) lookForOthers(job);
  };

  const counted = (): Places => {
    let inAll = 0;
    const byProject = new Map<string | null, number>();
    const add = ({ project }: JobRecord): void => {
      inAll += 1;
      byProject.set(project, (byProject.get(project) ?? 0) + 1);
    };
    for (const { record } of book.underWay()) if (holdsPlace(record)) add(record);
    const running = {
      get inAll() {
        return inAll;
      },
      ofProject: (id: string | null) => byProject.get(id) ?? 0,
    };
    return { running, add };
  };

  /** Pauses and resumes one job as the rules say; gives when to look again. */
  const hold = (job: BookedJob, outlook: JobsOutlook, places: Places): number | null => {
    const pace = jobPace(job);
    if (pace === null || (job.record.leader === null && job.record.keeper !== null)) return null;
    const { facts } = outlook;
    const { project, exitCode } = job.record;
    const step = stepPace(
      pace,
      facts,
      outlook.pace(job.record),
      paceLimits(parts.config()),
      clock.monotonicMs(),
      // What outlived its command takes no place.
      exitCode !== null || hasRoom(project, facts, places.running),
    );
    const { next } = step;
    job.betterSinceMs = next.betterSinceMs;
    job.signalledAtMs = next.signalledAtMs;
    const cause = job.record.isHeld ? BY_HAND : `${facts.level}: ${facts.why}`;
    if (step.act === 'checkpoint') {
      const heard = processes.checkpoint(job.record);
      told('job-checkpoint', job.record, cause, { signal: job.record.checkpointSignal, processes: heard });
    } else if (step.act === 'stop') {
      told('job-pause', job.record, cause, { processes: processes.stop(job.record) });
    } else if (step.act === 'continue') {
      if (exitCode === null) places.add(job.record);
      told('job-resume', job.record, cause, { processes: processes.goOn(job.record) });
    }
    if (next.state !== job.record.state || next.isInsisted !== job.record.isInsisted) {
      const signalledMs = next.state === 'checkpointing' ? clock.wallMs() : null;
      book.change(job, { state: next.state, isInsisted: next.isInsisted, signalledMs });
    }
    return step.dueMs;
  };

  const observed = (job: BookedJob, { facts }: JobsOutlook): void => {
    const asked = LEVEL_ACTIONS[facts.level].runningExperiments;
    if (!parts.config().observeOnly || job.isObserved || asked === 'go on') return;
    job.isObserved = true;
    told('job-pause-observed', job.record, `${facts.level}: ${facts.why}`, { wouldBe: asked });
  };

  /** A place that nobody took up in time, or that the power took back, goes to the next. */
  const keepPlace = (job: BookedJob, outlook: JobsOutlook): void => {
    if (job.record.startedBy !== 'terminal') return;
    const isLate = clock.monotonicMs() - job.grantedAtMs > PLACE_KEPT_MS;
    if (isLate || !outlook.isFree(job.record)) book.change(job, { state: 'queued' });
  };

  const isNicedNow = ({ project }: Pick<JobRecord, 'project'>): boolean => {
    const facts = parts.outlook()?.facts;
    return facts === undefined || isNiced(facts.level, facts.project(project).operatingMode);
  };

  const start = (job: BookedJob): void => {
    const { record } = job;
    if (record.keeper !== null && !processes.isAlive(record.keeper)) {
      finish(job, 'cancelled', 'the terminal that asked for it is gone');
      return;
    }
    job.grantedAtMs = clock.monotonicMs();
    book.change(job, { state: 'starting' });
    if (record.startedBy === 'core') void launch(job);
  };
  const launch = async (job: BookedJob): Promise<void> => {
    const { id } = job.record;
    try {
      const niced = isNicedNow(job.record);
      told('job-start', job.record, 'its turn', { command: job.record.command, niced });
      const { pid, ended } = await parts.launch(job.record, parts.folderOf(id), niced);
      const leader = processes.identity(pid);
      if (job.record.state !== 'starting') {
        // Cancelled while it was being started.
        await processes.end({ ...job.record, leader }, 0);
        return;
      }
      book.change(job, { state: 'running', leader, startedMs: clock.wallMs() });
      void ended.then(look);
    } catch (error) {
      finish(job, 'ended', `it could not be started: ${(error as Error).message}`);
    }
    look();
  };

  const mayStart = (record: JobRecord, outlook: JobsOutlook, { running }: Places): boolean =>
    (parts.config().observeOnly || hasRoom(record.project, outlook.facts, running)) && outlook.isFree(record);

  /** Goes down the line only where somebody in it may start: what waits costs the same however long the line is. */
  const fill = (outlook: JobsOutlook, places: Places): void => {
    const line = book.line();
    const mayAny = (): boolean => {
      for (const record of line.candidates()) if (mayStart(record, outlook, places)) return true;
      return false;
    };
    if (!mayAny()) return;
    for (const record of [...line.inOrder()]) {
      if (record.isHeld || !mayStart(record, outlook, places)) continue;
      const job = book.get(record.id);
      if (job === null) continue;
      start(job);
      if (holdsPlace(job.record)) places.add(job.record);
      if (!mayAny()) return;
    }
  };

  const look = (): void => {
    cancelLook();
    const outlook = parts.outlook();
    if (isStopped || outlook === null) return;
    book.useAgeing(parts.config().ageingMinutes * 60_000);
    let dueMs = clock.monotonicMs() + LOOK_EVERY_MS;
    for (const job of book.underWay()) if (hasStarted(job.record)) watch(job);
    const places = counted();
    for (const job of book.underWay()) {
      if (job.record.state === 'starting') keepPlace(job, outlook);
      observed(job, outlook);
      dueMs = Math.min(dueMs, hold(job, outlook, places) ?? dueMs);
    }
    fill(outlook, counted());
    if (book.underWay().length === 0) return;
    cancelLook = clock.after(Math.max(0, dueMs - clock.monotonicMs()), () => {
      try {
        look();
      } catch (error) {
        parts.onFault(error);
      }
    });
  };

  return {
    look,
    commandEnded,
    isNiced: isNicedNow,
    cancel(job, why) {
      if (!hasStarted(job.record)) {
        finish(job, 'cancelled', why);
        return;
      }
      if (job.record.state !== 'ending')
        book.change(job, { state: 'ending', remark: `is being ended, ${why}` });
      processes.end(job.record, parts.config().killSeconds * 1000).then(({ ended, left }) => {
        const stuck = left === 0 ? '' : `; ${left} could not be ended`;
        finish(job, 'cancelled', `${why}; ${ended} ended${stuck}`);
        look();
      }, parts.onFault);
    },
    stop() {
      isStopped = true;
      cancelLook();
    },
  };
}

function endWords(exitCode: number): string {
  if (exitCode === 0) return 'done';
  return exitCode > 128 ? `ended by signal ${exitCode - 128}` : `ended with ${exitCode}`;
}
