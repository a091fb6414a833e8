import type { JobsConfig } from '../../shared/contract/jobs-config.ts';
import type { AuditEntry } from '../../shared/contract/record.ts';
import { stepPace } from '../../shared/jobs/pause-rule.ts';
import { hasRoom, isNiced } from '../../shared/jobs/start-rule.ts';
import { LEVEL_ACTIONS } from '../../shared/policy/rules/levels.ts';
import type { Clock } from '../clock.ts';
import { BY_HAND } from './job-cause.ts';
import { createJobEnding } from './job-ending.ts';
import type { JobFolder } from './job-folder.ts';
import type { Launched } from './job-launcher.ts';
import { jobPlaces, type JobPlaces } from './job-places.ts';
import type { JobProcesses } from './job-processes.ts';
import { hasStarted, holdsPlace, isOver, type JobRecord } from './job-record.ts';
import { createJobStarting } from './job-starting.ts';
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

const LOOK_EVERY_MS = 1_000;
/** `orch run` answers within a second; one that does not has lost its place to the next. */
const PLACE_KEPT_MS = 15_000;
const FIRST_LOOK_MS = 100;
const LONGEST_LOOK_MS = 5_000;
/** Processes that end a moment after their command are not worth a word. */
const TELL_OTHERS_MS = 800;
/** The record refused: what happened is written down as soon as it does not. */
const UNWRITTEN_WAIT_MS = 30_000;
const ENDING = 'is being ended, ';

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
  const ending = createJobEnding({
    ...parts,
    graceMs: () => parts.config().killSeconds * 1000,
    finish: (job, remark) => finish(job, 'cancelled', remark),
    onEnded: () => lookAgain(),
    againMs: UNWRITTEN_WAIT_MS,
  });
  const starting = createJobStarting({
    ...parts,
    launch(record) {
      const niced = isNicedNow(record);
      told('job-start', record, 'its turn', { command: record.command, niced });
      return parts.launch(record, parts.folderOf(record.id), niced);
    },
    isStopped: () => isStopped,
    onStarted: () => lookAgain(),
    onEnded: () => lookAgain(),
    onFailed: (job, remark) => finish(job, 'ended', remark),
  });
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
    if (record.state === 'ending') {
      ending.end(job, record.remark.replace(ENDING, ''));
      return;
    }
    if (exitCode === null) {
      if (job.record.leader !== null && processes.isAlive(job.record.leader)) return;
      // Whoever keeps it saw the end, or is about to start it, and will tell.
      if (record.keeper !== null && processes.isAlive(record.keeper)) return;
    }
    if (clock.monotonicMs() >= job.lookDueMs) lookForOthers(job);
  };

  /** Pauses and resumes one job as the rules say; gives when to look again. */
  const hold = (job: BookedJob, outlook: JobsOutlook, places: JobPlaces): number | null => {
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
    const keep = (): void => {
      if (next.state === job.record.state && next.isInsisted === job.record.isInsisted) return;
      const signalledMs = next.state === 'checkpointing' ? clock.wallMs() : null;
      book.change(job, { state: next.state, isInsisted: next.isInsisted, signalledMs });
    };
    if (step.act === 'checkpoint') {
      const heard = processes.checkpoint(job.record);
      told('job-checkpoint', job.record, cause, { signal: job.record.checkpointSignal, processes: heard });
    } else if (step.act === 'stop') {
      told('job-pause', job.record, cause, { processes: processes.stop(job.record) });
      job.isStanding = true;
    }
    // Written first where it goes on: as long as it is not, the job stands.
    keep();
    job.isStanding = false;
    if (step.act === 'continue') {
      if (exitCode === null) places.add(job.record);
      told('job-resume', job.record, cause, { processes: processes.goOn(job.record) });
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
    if (record.startedBy === 'core') void starting.start(job);
  };

  const mayStart = (record: JobRecord, outlook: JobsOutlook, { running }: JobPlaces): boolean =>
    (parts.config().observeOnly || hasRoom(record.project, outlook.facts, running)) && outlook.isFree(record);

  /** Goes down the line only where somebody in it may start: what waits costs the same however long the line is. */
  const fill = (outlook: JobsOutlook, places: JobPlaces): void => {
    const line = book.line();
    const mayAny = (): boolean => line.candidates().some((record) => mayStart(record, outlook, places));
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
    const faults: unknown[] = [];
    /** What cannot be done about one job keeps nobody from the next. */
    const each = (act: (job: BookedJob) => void): void => {
      for (const job of book.underWay()) {
        try {
          act(job);
        } catch (error) {
          faults.push(error);
        }
      }
    };
    each((job) => {
      starting.settle(job);
      if (hasStarted(job.record)) watch(job);
    });
    const places = jobPlaces(book);
    each((job) => {
      if (job.record.state === 'starting') keepPlace(job, outlook);
      observed(job, outlook);
      dueMs = Math.min(dueMs, hold(job, outlook, places) ?? dueMs);
    });
    try {
      if (faults.length === 0) fill(outlook, jobPlaces(book));
    } catch (error) {
      faults.push(error);
    }
    if (faults.length > 0) dueMs = clock.monotonicMs() + UNWRITTEN_WAIT_MS;
    if (book.underWay().length > 0)
      cancelLook = clock.after(Math.max(0, dueMs - clock.monotonicMs()), lookAgain);
    if (faults.length > 0) throw faults[0];
  };
  const lookAgain = (): void => {
    try {
      look();
    } catch (error) {
      parts.onFault(error);
    }
  };

  return {
    look,
    commandEnded,
    isNiced: isNicedNow,
    cancel(job, why) {
      starting.settle(job);
      if (!hasStarted(job.record)) {
        finish(job, 'cancelled', why);
        return;
      }
      if (job.record.state !== 'ending') book.change(job, { state: 'ending', remark: `${ENDING}${why}` });
      ending.end(job, why);
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
