import { mkdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { writeFileAtomic } from '../../core/atomic-file.ts';
import { commandComplaint, NPM_COMMANDS, workflowText } from '../../core/hooks/workflow-text.ts';
import { productFiles } from '../../core/product-files.ts';
import type { Command, CommandIo } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { flags } from '../flags.ts';
import { UsageError } from '../usage-error.ts';

const HELP = `orch ci init [repo] [options]: write .github/workflows/policy-gate.yml

The workflow says what a pull request is, runs the checks for that kind of change and \`orch gate --ci\`, then arms
auto-merge for a safe change or puts the label needs-review on it.

  --prepare C  makes orch and the checks runnable (${NPM_COMMANDS.prepare})
  --lint C     check for every change (${NPM_COMMANDS.lint})
  --test C     check for every change that is not safe (${NPM_COMMANDS.test})
  --orch C     how orch is called (${NPM_COMMANDS.orch})
  --force      replace a workflow of that name that differs
  --json       the answer as JSON
`;
const WORKFLOW_DIR = '.github/workflows';
const FILENAME = 'policy-gate.yml';

export const ci: Command = async (argv, io) => {
  const { values, positionals } = flags(argv, {
    prepare: { type: 'string' },
    lint: { type: 'string' },
    test: { type: 'string' },
    orch: { type: 'string' },
    force: { type: 'boolean' },
    json: { type: 'boolean' },
  });
  if (values.help === true) {
    io.out(HELP);
    return EXIT.ok;
  }
  const [verb, dir = '.', ...extra] = positionals;
  if (verb !== 'init') throw new UsageError('init is needed');
  if (extra.length > 0) throw new UsageError(`one repository at a time, not "${extra.join(' ')}" as well`);
  const commands = {
    prepare: values.prepare ?? NPM_COMMANDS.prepare,
    lint: values.lint ?? NPM_COMMANDS.lint,
    test: values.test ?? NPM_COMMANDS.test,
    orch: values.orch ?? NPM_COMMANDS.orch,
  };
  for (const [name, command] of Object.entries(commands)) {
    const complaint = commandComplaint(command);
    if (complaint !== null) throw new UsageError(`--${name} ${complaint}`);
  }
  const { resourcesDir } = productFiles(io.productDir);
  const template = await readFile(join(resourcesDir, 'workflows', FILENAME), 'utf8');
  const text = workflowText(template, commands);
  return write(
    resolve(io.cwd, dir),
    text,
    { force: values.force === true, isJson: values.json === true },
    io,
  );
};

async function write(
  dir: string,
  text: string,
  { force, isJson }: { force: boolean; isJson: boolean },
  io: CommandIo,
): Promise<number> {
  const path = join(dir, WORKFLOW_DIR, FILENAME);
  const before = await readFile(path, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new UsageError(`${path}: ${(error as NodeJS.ErrnoException).code ?? 'cannot be read'}`);
  });
  if (before !== null && before !== text && !force) {
    throw new UsageError(`${path} is there and differs; --force replaces it`);
  }
  if (before !== text) {
    await mkdir(join(dir, WORKFLOW_DIR), { recursive: true });
    await writeFileAtomic(path, text, 0o644);
  }
  const isChanged = before !== text;
  if (isJson) io.out(`${JSON.stringify({ schemaVersion: 1, path, isChanged })}\n`);
  else io.out(isChanged ? `${path} is written. Commit it to switch it on.\n` : `${path} is up to date.\n`);
  return EXIT.ok;
}
