import { gitProgram } from '../../core/hooks/git-program.ts';
import type { LinkReply } from '../../shared/contract/sync.ts';
import type { Command } from '../command.ts';
import { answerFromCore } from '../core-answer.ts';
import { EXIT } from '../exit-codes.ts';
import { flags } from '../flags.ts';
import { UsageError } from '../usage-error.ts';

const HELP = `orch link <commit> <task> [--project ID]: says which task a commit belongs to

The commit is anything git understands, in the repository of this folder. The task is its id, its address
(https://manus.im/app/ID), or "new" to ask for one where that is switched on. A commit that ends with
"Manus-Task: ID", or one on a branch manus/ID, is linked by the git hooks.
`;

export const link: Command = async (argv, io) => {
  const { values, positionals } = flags(argv, { project: { type: 'string' }, json: { type: 'boolean' } });
  if (values.help === true) {
    io.out(HELP);
    return EXIT.ok;
  }
  const [name, task] = positionals;
  if (name === undefined || task === undefined) throw new UsageError('a commit and a task are needed');
  const git = gitProgram(io.env);
  const found = await git(io.cwd, [
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${name}^{commit}`,
  ]);
  if (!found.ok) throw new UsageError(`git knows no commit "${name}" here`);
  const root = await git(io.cwd, ['rev-parse', '--show-toplevel']);
  const title = await git(io.cwd, ['log', '-1', '--format=%s', found.out.trim(), '--']);
  const answer = await answerFromCore<LinkReply>(io, 'POST', '/v1/sync/links', {
    commit: found.out.trim(),
    task,
    ...(values.project === undefined ? {} : { project: values.project }),
    ...(root.ok ? { repository: root.out.trim() } : {}),
    ...(title.ok ? { title: title.out.trim().slice(0, 200) } : {}),
  });
  if (!answer.ok) return answer.exitCode;
  const { commit, isNew, project, task: linked } = answer.value;
  if (values.json === true) io.out(`${JSON.stringify({ schemaVersion: 1, ...answer.value })}\n`);
  else
    io.out(`${project}: ${commit.slice(0, 12)} ${isNew ? 'belongs to' : 'already belonged to'} ${linked}\n`);
  return EXIT.ok;
};
