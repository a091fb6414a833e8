import { readFileSync } from 'node:fs';

interface AsarEntry {
  readonly files?: Readonly<Record<string, AsarEntry>>;
  readonly size?: number;
  readonly unpacked?: boolean;
}

export interface AsarFile {
  /** Within the archive, with a slash in front. */
  readonly path: string;
  readonly sizeBytes: number;
  /** Beside the archive, as a real file. */
  readonly isUnpacked: boolean;
}

/** All files of an Electron archive, from its JSON header; folders are left out. */
export function asarFiles(archivePath: string): readonly AsarFile[] {
  const archive = readFileSync(archivePath);
  const header = JSON.parse(archive.toString('utf8', 16, 16 + archive.readUInt32LE(12))) as AsarEntry;
  return filesBelow(header, '');
}

function filesBelow(entry: AsarEntry, path: string): readonly AsarFile[] {
  if (entry.files === undefined) {
    return [{ path, sizeBytes: entry.size ?? 0, isUnpacked: entry.unpacked === true }];
  }
  return Object.entries(entry.files).flatMap(([name, child]) => filesBelow(child, `${path}/${name}`));
}
