import { readFileSync } from 'node:fs';

interface AsarEntry {
  readonly files?: Readonly<Record<string, AsarEntry>>;
}

/** Paths of all files in an Electron archive, from its JSON header; folders are left out. */
export function asarFiles(archivePath: string): readonly string[] {
  const archive = readFileSync(archivePath);
  const header = JSON.parse(archive.toString('utf8', 16, 16 + archive.readUInt32LE(12))) as AsarEntry;
  return filesBelow(header, '');
}

function filesBelow(entry: AsarEntry, path: string): readonly string[] {
  if (entry.files === undefined) return [path];
  return Object.entries(entry.files).flatMap(([name, child]) => filesBelow(child, `${path}/${name}`));
}
