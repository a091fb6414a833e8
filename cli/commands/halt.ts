import type { HaltReply } from '../../shared/contract/requests.ts';
import type { Command, CommandIo } from '../command.ts';
import { answerFromCore } from '../core-answer.ts';
import { EXIT } from '../exit-codes.ts';
import { durationMs, flags } from '../flags.ts';
import { UsageError } from '../usage-error.ts';

const HALT_HELP = `orch halt <project> --reason TEXT [--for 4h]: only reverts pass until it is lifted
`;
const CLEAR_HELP = `orch clear <project> [--reason TEXT]: lifts a HALT
`;

export const halt: Command = async (argv, io) => {
  const { values, positionals } = parsed(argv);
  if (values.help === true) {
    io.out(HALT_HELP);
    return EXIT.ok;
  }
  const project = projectFrom(positionals);
  if (values.reason === undefined) throw new UsageError('--reason is needed: others will want to know');
  const forHours = values.for === undefined ? {} : { forHours: durationMs(values.for, '--for') / 3_600_000 };
  return tell(project, 'POST', { reason: values.reason, ...forHours }, values.json === true, io);
};

export const clear: Command = async (argv, io) => {
  const { values, positionals } = parsed(argv);
  if (values.help === true) {
    io.out(CLEAR_HELP);
    return EXIT.ok;
  }
  const reason = values.reason === undefined ? {} : { reason: values.reason };
  return tell(projectFrom(positionals), 'DELETE', reason, values.json === true, io);
};

function parsed(argv: string[]) {
  return flags(argv, { reason: { type: 'string' }, for: { type: 'string' }, json: { type: 'boolean' } });
}

function projectFrom([project]: readonly string[]): string {
  if (project === undefined) throw new UsageError('which project? `orch project list` names them');
  return project;
}

async function tell(
  project: string,
  method: 'POST' | 'DELETE',
  body: object,
  isJson: boolean,
  io: CommandIo,
): Promise<number> {
  const path = `/v1/projects/${encodeURIComponent(project)}/halt`;
  const answer = await answerFromCore<HaltReply>(io, method, path, body);
  if (!answer.ok) return answer.exitCode;
  const { halted, who, why } = answer.value;
  if (isJson) io.out(`${JSON.stringify({ schemaVersion: 1, ...answer.value })}\n`);
  else io.out(halted ? `${project} is halted by ${who ?? ''}: ${why ?? ''}\n` : `${project} is not halted\n`);
  return EXIT.ok;
}
