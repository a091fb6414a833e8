import type { WaiverReply } from '../../shared/contract/requests.ts';
import { CHANGE_TYPES } from '../../shared/contract/vocabulary.ts';
import type { Command } from '../command.ts';
import { answerFromCore } from '../core-answer.ts';
import { EXIT } from '../exit-codes.ts';
import { durationMs, flags, oneOf } from '../flags.ts';
import { UsageError } from '../usage-error.ts';

const HELP = `orch waive <project> --change TYPE --reason TEXT [--for 2h]: lets one kind of change pass

At most 4h. It is recorded, counted and shown.
`;

export const waive: Command = async (argv, io) => {
  const { values, positionals } = flags(argv, {
    change: { type: 'string' },
    reason: { type: 'string' },
    for: { type: 'string' },
    json: { type: 'boolean' },
  });
  if (values.help === true) {
    io.out(HELP);
    return EXIT.ok;
  }
  const [project] = positionals;
  if (project === undefined) throw new UsageError('which project? `orch project list` names them');
  if (values.change === undefined) throw new UsageError('--change is needed: one kind of change at a time');
  if (values.reason === undefined) throw new UsageError('--reason is needed: it is kept with the waiver');
  const answer = await answerFromCore<WaiverReply>(io, 'POST', '/v1/waivers', {
    project,
    change: oneOf(values.change, CHANGE_TYPES, '--change'),
    reason: values.reason,
    ...(values.for === undefined ? {} : { forMinutes: durationMs(values.for, '--for') / 60_000 }),
  });
  if (!answer.ok) return answer.exitCode;
  const { change, until } = answer.value;
  if (values.json === true) io.out(`${JSON.stringify({ schemaVersion: 1, ...answer.value })}\n`);
  else io.out(`${project}: ${change} is waived until ${until}\n`);
  return EXIT.ok;
};
