/** The first argument that makes the packaged program the command line instead of the shell. */
export const ORCH_SWITCH = '--orch';

/**
 * What `orch` is to be run with, when this program was started as the command line; null when it is to be the shell.
 * Between `--orch` and `--` stand switches for Chromium; what follows is ours, and Chromium does not look at it.
 * @param argv of the packaged program: itself, then its arguments.
 */
export function orchArguments(argv: readonly string[]): readonly string[] | null {
  if (argv[1] !== ORCH_SWITCH) return null;
  const rest = argv.slice(2);
  const end = rest.findIndex((argument) => !argument.startsWith('-') || argument === '--');
  return rest[end] === '--' ? rest.slice(end + 1) : rest;
}
