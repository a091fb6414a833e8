import { realpath } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';

import type { ParsedReport } from '../../shared/consciousness/evidence.ts';
import type { Clock } from '../clock.ts';
import { FileProblem, systemErrorText } from './file-problem.ts';
import { plainText } from './plain-text.ts';
import { readRegularFile } from './regular-file.ts';
import { parseReport } from './report-parse.ts';

/** Contract: a report holds at most 1 MB. */
export const REPORT_LIMIT_BYTES = 1024 * 1024;
/** Behaviour 19: a half-written file is read again this often, this far apart. */
const REREADS = 3;
const REREAD_DELAY_MS = 200;

export type ReportReading =
  | { readonly kind: 'report'; readonly report: ParsedReport }
  | { readonly kind: 'absent' }
  /** The file is there and cannot be used; the sentence names file, line and field. */
  | { readonly kind: 'problem'; readonly problem: string };

export interface ReportPlace {
  /** The project's folder, absolute. */
  readonly dir: string;
  /** The report inside it, relative. */
  readonly file: string;
}

/**
 * Reads a project's report, whatever stands in its place. Never throws, never blocks on a pipe, never leaves the
 * project by a link. A file that may be half-written is read three times more, 200 ms apart.
 */
export async function readReportFile(place: ReportPlace, clock: Clock): Promise<ReportReading> {
  for (let reread = 0; ; reread += 1) {
    try {
      return { kind: 'report', report: await readOnce(place) };
    } catch (error) {
      if (isAbsent(error)) return { kind: 'absent' };
      const isPassing = error instanceof FileProblem && error.isPassing;
      if (!isPassing || reread === REREADS) return { kind: 'problem', problem: problemText(place, error) };
    }
    await pause(clock, REREAD_DELAY_MS);
  }
}

async function readOnce({ dir, file }: ReportPlace): Promise<ParsedReport> {
  const path = await pathInside(dir, file);
  const { text, changedAtMs } = await readRegularFile(path, REPORT_LIMIT_BYTES);
  return parseReport(text, changedAtMs);
}

/** The file's real path. Throws a FileProblem when it is outside the folder, by its name or by a link. */
async function pathInside(dir: string, file: string): Promise<string> {
  const outside = new FileProblem('lies outside the project; a file inside it is expected');
  if (isAbsolute(file) || !isInside(relative(dir, join(dir, file)))) throw outside;
  const realDir = await realpath(dir);
  const realFile = await realpath(join(realDir, file));
  if (!isInside(relative(realDir, realFile))) throw outside;
  return realFile;
}

function isInside(path: string): boolean {
  return path !== '' && path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}

function isAbsent(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ENOTDIR';
}

function problemText({ file }: ReportPlace, error: unknown): string {
  const name = plainText(file, 200);
  if (!(error instanceof FileProblem)) return `${name} cannot be read: ${systemErrorText(error)}`;
  return error.message.startsWith(':') ? `${name}${error.message}` : `${name} ${error.message}`;
}

async function pause(clock: Clock, delayMs: number): Promise<void> {
  await new Promise<void>((resolve) => clock.after(delayMs, resolve));
}
