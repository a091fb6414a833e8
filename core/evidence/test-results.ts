import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { unmeasured, type Measurement } from '../../shared/consciousness/measurement.ts';
import { fileProblemText, isAbsent, isThere, pathInside } from '../projects/inside-project.ts';
import type { EvidenceFiles } from './evidence-file.ts';
import type { TestCounts } from './junit.ts';

const MOST_FILES = 500;

/**
 * All of a project's test results as one measure. A file that cannot be used makes the whole unusable: the tests
 * that are missing might be those that failed. Null where none of the places is there.
 */
export async function testsMeasurement(
  dir: string,
  places: readonly string[],
  files: EvidenceFiles<TestCounts>,
): Promise<Measurement | null> {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  const failedNames: string[] = [];
  const used: string[] = [];
  let oldestMs = Infinity;
  for (const place of places) {
    let listed: readonly string[] | null;
    try {
      listed = await filesAt(dir, place);
    } catch (error) {
      return unmeasured(place, fileProblemText(place, error));
    }
    if (listed === null) continue;
    if (listed.length > MOST_FILES)
      return unmeasured(place, `${place} holds more than ${MOST_FILES} files of test results`);
    for (const file of listed) {
      const reading = await files.read({ dir, file });
      if (reading.kind === 'absent') continue;
      if (reading.kind === 'problem') return unmeasured(file, reading.problem);
      sum.passed += reading.value.passed;
      sum.failed += reading.value.failed;
      sum.skipped += reading.value.skipped;
      failedNames.push(...reading.value.failedNames);
      oldestMs = Math.min(oldestMs, reading.changedAtMs);
      used.push(file);
    }
  }
  const [first] = used;
  if (first === undefined) return null;
  const source = used.length === 1 ? first : `${first} and ${used.length - 1} more`;
  const ran = sum.passed + sum.failed;
  if (ran === 0) return unmeasured(source, `${source} holds no test that ran`);
  const skipped = sum.skipped === 0 ? '' : `, ${sum.skipped} skipped`;
  const names = failedNames.slice(0, 3).join(', ');
  const detail = `${sum.passed} of ${ran} passed${skipped}${names === '' ? '' : `; failed: ${names}`}`;
  return { value: (100 * sum.passed) / ran, atMs: oldestMs, source, detail, problem: null };
}

/** The file itself, or the XML files of a folder; null where nothing is. */
async function filesAt(dir: string, place: string): Promise<readonly string[] | null> {
  try {
    if (!(await isThere({ dir, file: place }))) return null;
    const path = await pathInside({ dir, file: place });
    if (!(await stat(path)).isDirectory()) return [place];
    const names = (await readdir(path)).filter((name) => name.toLowerCase().endsWith('.xml'));
    return names.sort().map((name) => join(place, name));
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}
