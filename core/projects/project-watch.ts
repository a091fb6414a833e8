import { stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

import { NO_EVIDENCE, type Evidence, type ParsedReport } from '../../shared/consciousness/evidence.ts';
import { FRESH_MS, FUTURE_MS } from '../../shared/consciousness/freshness.ts';
import type { ProjectConfig } from '../../shared/contract/config.ts';
import type { Clock } from '../clock.ts';
import { systemErrorText } from './file-problem.ts';
import { createFolderWatch } from './folder-watch.ts';
import { fileStamp, type FileStamp } from './file-stamp.ts';
import { createHeadMemory } from './head-memory.ts';
import type { ReportExpectation } from './report-expectation.ts';
import { readReportFile, type ReportReading } from './report-file.ts';

/** What is known of one project's report. Answered from memory. */
export type ProjectEvidence = Evidence;

export interface ProjectWatch {
  evidence(): ProjectEvidence;
  /** Reads folder, report and HEAD again; a call while one runs joins it and reads once more after it. */
  refresh(): Promise<void>;
  close(): void;
}

export interface ProjectWatchParts {
  readonly project: Pick<ProjectConfig, 'path' | 'report'>;
  /** What its report may hold; that of the built-in profiles when absent. */
  readonly expects?: ReportExpectation;
  readonly clock: Clock;
  /** How files are looked at that are asked for every tick; through the file threads when absent. */
  readonly stampOf?: FileStamp;
  /** Called after a read that changed what is known. */
  readonly onChange: () => void;
}

/** A file written in several steps gives several events. */
const DEBOUNCE_MS = 50;
/** Behaviour 19: how long a good report stands in for one that cannot be read. */
const LAST_GOOD_MS = 60 * 60_000;
/** A disk that has not answered for so long is said not to answer. */
const HUNG_MS = 5_000;

interface Known {
  readonly folder: Evidence['folder'];
  readonly problem: string | null;
  readonly headCommit: string | null;
  readonly isCurrent: boolean;
}

/**
 * Follows the evidence of one project: a watch on its folder for speed, `refresh` from the loop as backup. An
 * unplugged disk, a hung one or a broken report is a state that `evidence` tells, never an error.
 */
export function createProjectWatch(parts: ProjectWatchParts): ProjectWatch {
  const { project, expects, clock, stampOf = fileStamp, onChange } = parts;
  const reportPath = join(project.path, project.report);
  let known: Known = { folder: 'present', problem: null, headCommit: null, isCurrent: false };
  const isReportAtTop = dirname(reportPath) === resolve(project.path);
  const headMemory = createHeadMemory(project.path, stampOf);
  let lastRead: { readonly stamp: string | null; readonly reading: ReportReading } | null = null;
  let lastGood: { readonly report: ParsedReport; readonly readAtMs: number } | null = null;
  let running: { readonly done: Promise<void>; readonly sinceMs: number } | null = null;
  let told = fingerprint(known, null);
  let asked = 0;
  let cancelHint: (() => void) | null = null;
  let closed = false;
  const isClosed = (): boolean => closed;

  const look = async (): Promise<void> => {
    // One trip to the disk: this runs every tick. The same file in its place means the same folder around it.
    const [stamp, head] = await Promise.all([stampOf(reportPath), headMemory.read()]);
    if (isClosed()) return;
    if (stamp !== null && stamp === lastRead?.stamp && lastRead.reading.kind === 'report') {
      if (lastRead.reading.report === lastGood?.report && isWell(known, head)) {
        lastGood = { report: lastGood.report, readAtMs: clock.monotonicMs() };
        return;
      }
      take(lastRead.reading, head);
      tell();
      return;
    }
    const folder = await folderState(project.path);
    if (isClosed()) return;
    if (folder.state === 'present') {
      const reportDir = isReportAtTop ? folder : await folderState(dirname(reportPath));
      if (isClosed()) return;
      if (reportDir.state === 'present') folderWatch.arm(dirname(reportPath), reportDir.identity);
      const reading = await readReportFile({ dir: project.path, file: project.report }, clock, expects);
      if (isClosed()) return;
      // Stamped before the read: a write in between gives another stamp next time, and is read then.
      lastRead = { stamp, reading };
      take(reading, head);
    } else {
      lastRead = null;
      folderWatch.disarm();
      known = { folder: folder.state, problem: folder.problem, headCommit: null, isCurrent: false };
    }
    if (!isClosed()) tell();
  };

  const tell = (): void => {
    const now = fingerprint(known, lastGood?.report ?? null);
    if (now === told) return;
    told = now;
    onChange();
  };

  const take = (reading: ReportReading, head: string | null): void => {
    const base = { folder: 'present', headCommit: head } as const;
    if (reading.kind === 'problem') known = { ...base, problem: reading.problem, isCurrent: false };
    else if (reading.kind === 'absent')
      known = { ...base, problem: lastGood === null ? null : `${project.report} is gone`, isCurrent: false };
    else if (lastGood !== null && isLateArrival(reading.report, lastGood.report, clock.wallMs()))
      known = {
        ...base,
        problem: `${project.report} is older than the one before it, ignored`,
        isCurrent: true,
      };
    else {
      lastGood = { report: reading.report, readAtMs: clock.monotonicMs() };
      known = { ...base, problem: null, isCurrent: true };
    }
  };

  const refresh = async (): Promise<void> => {
    if (isClosed()) return;
    if (running !== null) {
      asked += 1;
      return running.done;
    }
    const loop = async (): Promise<void> => {
      for (let answered = -1; answered !== asked && !isClosed();) {
        answered = asked;
        await look();
      }
    };
    running = { done: loop().finally(() => (running = null)), sinceMs: clock.monotonicMs() };
    return running.done;
  };

  const folderWatch = createFolderWatch(basename(reportPath), () => {
    cancelHint ??= clock.after(DEBOUNCE_MS, () => {
      cancelHint = null;
      void refresh();
    });
  });

  return {
    evidence() {
      const { folder, headCommit: head } = known;
      const waitedMs = running === null ? 0 : clock.monotonicMs() - running.sinceMs;
      const isHung = waitedMs >= HUNG_MS;
      const problem = isHung ? `${project.path} does not answer` : known.problem;
      if (lastGood === null) return { ...NO_EVIDENCE, folder, problem, headCommit: head };
      const isLastGood = !known.isCurrent || isHung;
      const isTooOld = isLastGood && clock.monotonicMs() - lastGood.readAtMs > LAST_GOOD_MS;
      const report = isTooOld ? null : lastGood.report;
      return { folder, report, isLastGood: isLastGood && !isTooOld, problem, headCommit: head };
    },
    refresh,
    close() {
      closed = true;
      cancelHint?.();
      folderWatch.disarm();
    },
  };
}

/**
 * Two writers raced and the older report came last: ignored while both are fresh. A report set back further is
 * what the project now says, and its own age makes it count for less.
 */
function isLateArrival(next: ParsedReport, good: ParsedReport, nowMs: number): boolean {
  if (next.mode === 'HALT' || good.generatedAtMs - nowMs > FUTURE_MS) return false;
  return next.generatedAtMs < good.generatedAtMs && nowMs - next.generatedAtMs <= FRESH_MS;
}

type FolderState =
  | { readonly state: 'present'; readonly identity: string }
  | { readonly state: 'missing' | 'unreadable'; readonly problem: string };

async function folderState(path: string): Promise<FolderState> {
  try {
    const stats = await stat(path, { bigint: true });
    if (!stats.isDirectory()) return { state: 'missing', problem: `${path} is not a folder` };
    return { state: 'present', identity: `${stats.dev}:${stats.ino}` };
  } catch (error) {
    const isAway = ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
    if (isAway) return { state: 'missing', problem: `${path} is not there (disk unplugged?)` };
    return { state: 'unreadable', problem: `${path} cannot be read: ${systemErrorText(error)}` };
  }
}

/** Nothing but the same report again would come of it. */
function isWell({ folder, problem, headCommit, isCurrent }: Known, head: string | null): boolean {
  return isCurrent && folder === 'present' && problem === null && headCommit === head;
}

function fingerprint(known: Known, report: ParsedReport | null): string {
  return JSON.stringify([
    known,
    report?.generatedAtMs,
    report?.fileChangedAtMs,
    report?.mode,
    report?.scores,
  ]);
}
