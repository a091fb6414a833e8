import { join } from 'node:path';

import type { Clock } from '../clock.ts';
import { FileProblem } from '../projects/file-problem.ts';
import {
  fileProblemText,
  isAbsent,
  isNamedInside,
  pathInside,
  type ProjectPlace,
} from '../projects/inside-project.ts';
import { fileStamp, type FileStamp } from '../projects/file-stamp.ts';
import { readRegularFile } from '../projects/regular-file.ts';
import { inSlices, type Sliced } from './sliced.ts';

export type EvidenceReading<T> =
  | { readonly kind: 'read'; readonly value: T; readonly changedAtMs: number }
  | { readonly kind: 'absent' }
  /** Names file, line and field. */
  | { readonly kind: 'problem'; readonly problem: string };

export interface EvidenceReader<T> {
  /** Most bytes that are read. */
  readonly limitBytes: number;
  /** Throws a FileProblem whose message begins with ":line". */
  readonly parse: (text: string, file: string) => Sliced<T>;
}

/** Reads files of one kind; one that did not change since is not read again. */
export interface EvidenceFiles<T> {
  read(place: ProjectPlace): Promise<EvidenceReading<T>>;
}

/** A file that may be half-written is read again this often, this far apart (behaviour 19). */
const REREADS = 3;
const REREAD_DELAY_MS = 200;
/** Files that are remembered; a project names fewer. */
const MOST_KEPT = 256;

export function createEvidenceFiles<T>(
  reader: EvidenceReader<T>,
  clock: Clock,
  stampOf: FileStamp = fileStamp,
): EvidenceFiles<T> {
  const kept = new Map<string, { readonly stamp: string | null; readonly reading: EvidenceReading<T> }>();

  const readOnce = async (place: ProjectPlace): Promise<EvidenceReading<T>> => {
    // One look at the name answers for most files most of the time: they are not there, or as they were.
    const stamp = isNamedInside(place) ? await stampOf(join(place.dir, place.file)) : null;
    if (stamp === '-ENOENT' || stamp === '-ENOTDIR') return { kind: 'absent' };
    const key = `${place.dir}\0${place.file}`;
    const known = kept.get(key);
    if (stamp !== null && known?.stamp === stamp) return known.reading;
    const reading = await parsed(place, await pathInside(place));
    kept.delete(key);
    kept.set(key, { stamp, reading });
    const [oldest] = kept.keys();
    if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    return reading;
  };

  const parsed = async (place: ProjectPlace, path: string): Promise<EvidenceReading<T>> => {
    const { text, changedAtMs } = await readRegularFile(path, reader.limitBytes);
    try {
      return { kind: 'read', value: await inSlices(reader.parse(text, place.file)), changedAtMs };
    } catch (error) {
      // A text that will not become good by waiting is not parsed again either.
      if (!(error instanceof FileProblem) || error.isPassing) throw error;
      return { kind: 'problem', problem: fileProblemText(place.file, error) };
    }
  };

  return {
    async read(place) {
      for (let reread = 0; ; reread += 1) {
        try {
          return await readOnce(place);
        } catch (error) {
          if (isAbsent(error)) return { kind: 'absent' };
          const isPassing = error instanceof FileProblem && error.isPassing;
          if (!isPassing || reread === REREADS)
            return { kind: 'problem', problem: fileProblemText(place.file, error) };
        }
        await new Promise<void>((resolve) => clock.after(REREAD_DELAY_MS, resolve));
      }
    },
  };
}
