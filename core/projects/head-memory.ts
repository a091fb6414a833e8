import { fileStamp, type FileStamp } from './file-stamp.ts';
import { readHead } from './head-commit.ts';

interface Known {
  readonly commit: string | null;
  readonly paths: readonly string[];
  readonly stamps: string;
}

/** HEAD of one project, read again only when one of git's files changed: the loop asks for it every tick. */
export function createHeadMemory(
  projectDir: string,
  stamp: FileStamp = fileStamp,
): { read(): Promise<string | null> } {
  let known: Known | null = null;

  return {
    async read() {
      if (known !== null && (await stampsOf(known.paths, stamp)) === known.stamps) return known.commit;
      const { commit, consulted } = await readHead(projectDir);
      // Stamped after the read, and read once more: a commit in between is never missed.
      const stamps = await stampsOf(consulted, stamp);
      const again = await readHead(projectDir);
      known = stamps !== null && again.commit === commit ? { commit, paths: consulted, stamps } : null;
      return again.commit;
    },
  };
}

async function stampsOf(paths: readonly string[], stamp: FileStamp): Promise<string | null> {
  const stamps = await Promise.all(paths.map(stamp));
  return stamps.includes(null) ? null : stamps.join(' ');
}
