/** Why a file is not used, as a sentence for a person. Thrown by readers of files that others write. */
export class FileProblem extends Error {
  override readonly name = 'FileProblem';
  /** True when the file may be half-written: reading it again soon makes sense. */
  readonly isPassing: boolean;

  constructor(message: string, isPassing = false) {
    super(message);
    this.isPassing = isPassing;
  }
}

/** The file system's error codes in words; the code itself where there are none. */
export function systemErrorText(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? String(error);
  const words: Readonly<Record<string, string>> = {
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    EIO: 'read error',
    ELOOP: 'a link that leads nowhere but to itself',
    ESTALE: 'the network disk has gone',
    ENXIO: 'no such device',
    ENAMETOOLONG: 'name too long',
  };
  return words[code] ?? code;
}
