import type { ParsedReport } from '../../shared/consciousness/evidence.ts';
import type { Clock } from '../clock.ts';
import { FileProblem } from './file-problem.ts';
import { fileProblemText, isAbsent, pathInside, type ProjectPlace } from './inside-project.ts';
import { readRegularFile } from './regular-file.ts';
import { USUAL_REPORT, type ReportExpectation } from './report-expectation.ts';
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

/**
 * Reads a project's report, whatever stands in its place. Never throws, never blocks on a pipe, never leaves the
 * project by a link. A file that may be half-written is read three times more, 200 ms apart.
 */
export async function readReportFile(
  place: ProjectPlace,
  clock: Clock,
  expects: ReportExpectation = USUAL_REPORT,
): Promise<ReportReading> {
  for (let reread = 0; ; reread += 1) {
    try {
      return { kind: 'report', report: await readOnce(place, expects) };
    } catch (error) {
      if (isAbsent(error)) return { kind: 'absent' };
      const isPassing = error instanceof FileProblem && error.isPassing;
      if (!isPassing || reread === REREADS)
        return { kind: 'problem', problem: fileProblemText(place.file, error) };
    }
    await pause(clock, REREAD_DELAY_MS);
  }
}

async function readOnce(place: ProjectPlace, expects: ReportExpectation): Promise<ParsedReport> {
  const path = await pathInside(place);
  const { text, changedAtMs } = await readRegularFile(path, REPORT_LIMIT_BYTES);
  return parseReport(text, changedAtMs, expects);
}

async function pause(clock: Clock, delayMs: number): Promise<void> {
  await new Promise<void>((resolve) => clock.after(delayMs, resolve));
}
