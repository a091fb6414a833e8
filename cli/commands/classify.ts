import { readFile, stat } from 'node:fs/promises';

import { createCommitReader } from '../../core/projects/commit-message.ts';
import { pathKind, isGuarded } from '../../shared/policy/changed-path.ts';
import { classifyChange, type Classification } from '../../shared/policy/classify-change.ts';
import type { CommandIo } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { flags } from '../flags.ts';
import { UsageError } from '../usage-error.ts';

const HELP = `orch classify --message M [--paths F]... [--json]
orch classify --stdin

The change type of a commit message, and whether the change is safe.

  --message M  the whole message or only its title
  --paths F    a file with one changed path a line, "-" for standard input, or a changed path itself;
               may be given several times. Without it a chore is never safe.
  --stdin      one title a line in, one JSON object a line out
  --json       the answer as JSON
`;

type Io = Pick<CommandIo, 'out' | 'err' | 'env' | 'stdin'>;

/** `orch classify` (contract). Throws a UsageError when it is called wrongly. */
export async function classify(argv: string[], io: Io): Promise<number> {
  const { values, positionals } = flags(argv, {
    message: { type: 'string', short: 'm' },
    paths: { type: 'string', multiple: true },
    stdin: { type: 'boolean' },
    json: { type: 'boolean' },
  });
  if (values.help === true) {
    io.out(HELP);
    return EXIT.ok;
  }
  if (positionals.length > 0) throw new UsageError(`unexpected "${positionals[0] ?? ''}"`);
  if ((values.stdin === true) === (values.message !== undefined))
    throw new UsageError('give either --message or --stdin');
  const reader = createCommitReader();
  if (values.stdin === true) {
    if (values.paths !== undefined) throw new UsageError('--paths goes with --message');
    for await (const line of linesOf(io.stdin())) {
      io.out(`${jsonText(classifyChange(reader.read(line), null))}\n`);
    }
    return EXIT.ok;
  }
  const paths = values.paths === undefined ? null : await changedPaths(values.paths, io);
  const result = classifyChange(reader.read(values.message ?? ''), paths);
  if (values.json === true) io.out(`${jsonText(result, { schemaVersion: 1 })}\n`);
  else io.out(`${result.type}${result.safe ? ', safe' : ''}: ${result.reason}\n`);
  return EXIT.ok;
}

function jsonText(result: Classification, before: Record<string, unknown> = {}): string {
  const { type, safe, reason, needsReview, conventional } = result;
  return JSON.stringify({ ...before, type, safe, reason, needsReview, conventional });
}

/** The lines of a stream, whatever its pieces; a last line without an end counts. */
async function* linesOf(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  for await (const piece of pieces) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield line.replace(/\r$/, '');
  }
  if (rest !== '') yield rest;
}

async function changedPaths(given: readonly string[], io: Io): Promise<string[]> {
  const paths: string[] = [];
  for (const value of given) {
    if (value === '-') for await (const line of linesOf(io.stdin())) paths.push(line);
    else paths.push(...((await listedIn(value)) ?? value.split(/[\n,]/)));
  }
  return paths.map((path) => path.trim()).filter((path) => path !== '');
}

/**
 * The paths a file lists, one a line; null when the value is a changed path itself: not a file, one that is guarded
 * by its name (`package.json` in the working folder), or one whose lines are no paths.
 */
async function listedIn(value: string): Promise<string[] | null> {
  const stats = await stat(value).catch(() => null);
  if (stats?.isFile() !== true || stats.size > 16 * 1024 * 1024 || isGuarded(pathKind(value))) return null;
  const lines = (await readFile(value, 'utf8')).split(/\r?\n/).filter((line) => line.trim() !== '');
  return lines.every((line) => /^[^\s"'`{}<>|;=][^"'`{}<>|;=]*$/.test(line) && !/\s\s|: /.test(line))
    ? lines
    : null;
}
