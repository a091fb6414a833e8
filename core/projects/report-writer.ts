import { realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';

import { reportSchema, type ConsciousnessReport } from '../../shared/contract/report.ts';
import { writeFileAtomic } from '../atomic-file.ts';

/**
 * Writes a project's report so that a reader sees the old one or the new one, never a part. Returns the path.
 * Throws when the report does not fit the contract, when the file would lie outside the project, and the file
 * system's own errors; the old report then stays.
 */
export async function writeReport(
  place: { readonly dir: string; readonly file: string },
  report: ConsciousnessReport,
): Promise<string> {
  const text = `${JSON.stringify(reportSchema.parse(report), null, 2)}\n`;
  const outside = new Error(`${place.file} lies outside the project`);
  if (isAbsolute(place.file)) throw outside;
  const realDir = await realpath(place.dir);
  const folder = await realpath(dirname(join(realDir, place.file)));
  const path = join(folder, basename(place.file));
  const inside = relative(realDir, path);
  if (inside === '' || inside.split(sep)[0] === '..' || isAbsolute(inside)) throw outside;
  await writeFileAtomic(path, text, 0o644);
  return path;
}
