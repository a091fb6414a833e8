import { rename, unlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Replaces `.orchestrator_report.json` by rename, so that no reader sees half of one. Not synced to the disk: it is
 * made anew every tick, and after a power cut the next core writes it within seconds.
 */
export async function writeSnapshotFile(path: string, json: string): Promise<void> {
  const temporaryPath = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  try {
    await writeFile(temporaryPath, json, { mode: 0o644 });
    await rename(temporaryPath, path);
  } catch (error) {
    await unlink(temporaryPath).catch(() => undefined);
    throw error;
  }
}
