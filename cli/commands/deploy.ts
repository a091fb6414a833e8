import type { Deployment } from '../../shared/contract/record.ts';
import type { Command, CommandIo } from '../command.ts';
import { answerFromCore } from '../core-answer.ts';
import { EXIT } from '../exit-codes.ts';
import { flags } from '../flags.ts';
import { UsageError } from '../usage-error.ts';

const HELP = `orch deploy start <project> --commit SHA
orch deploy finish <project> --commit SHA --ok|--failed

The record that stability and rollback read.
`;

export const deploy: Command = async (argv, io) => {
  const { values, positionals } = flags(argv, {
    commit: { type: 'string' },
    ok: { type: 'boolean' },
    failed: { type: 'boolean' },
    json: { type: 'boolean' },
  });
  if (values.help === true) {
    io.out(HELP);
    return EXIT.ok;
  }
  const [verb, project] = positionals;
  if (verb !== 'start' && verb !== 'finish') throw new UsageError('one of start, finish is needed');
  if (project === undefined) throw new UsageError('which project? `orch project list` names them');
  const { commit } = values;
  if (commit === undefined) throw new UsageError('--commit is needed');
  if (verb === 'finish' && values.ok === values.failed)
    throw new UsageError('one of --ok, --failed is needed');
  const answer =
    verb === 'start'
      ? await answerFromCore<Deployment>(io, 'POST', '/v1/deployments', { project, commit })
      : await finish(project, commit, values.ok === true ? 'ok' : 'failed', io);
  if (!answer.ok) return answer.exitCode;
  const { id, result } = answer.value;
  if (values.json === true) io.out(`${JSON.stringify({ schemaVersion: 1, ...answer.value })}\n`);
  else
    io.out(
      result === null
        ? `${project}: deployment ${id} of ${commit} began\n`
        : `${project}: ${commit} ${result}\n`,
    );
  return EXIT.ok;
};

async function finish(project: string, commit: string, result: 'ok' | 'failed', io: CommandIo) {
  const query = `project=${encodeURIComponent(project)}`;
  const list = await answerFromCore<Deployment[]>(io, 'GET', `/v1/deployments?${query}`);
  if (!list.ok) return list;
  const open = list.value.find((one) => one.commit === commit.toLowerCase() && one.finishedAt === null);
  if (open === undefined)
    throw new UsageError(`no deployment of ${commit} is under way; \`orch deploy start\` comes first`);
  return answerFromCore<Deployment>(io, 'PATCH', `/v1/deployments/${open.id}`, { result });
}
