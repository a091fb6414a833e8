import { INCIDENT_SEVERITIES, type Incident } from '../../shared/contract/record.ts';
import type { Command } from '../command.ts';
import { answerFromCore } from '../core-answer.ts';
import { EXIT } from '../exit-codes.ts';
import { flags, oneOf } from '../flags.ts';
import { UsageError } from '../usage-error.ts';

const HELP = `orch incident open <project> --title TEXT [--severity ${INCIDENT_SEVERITIES.join('|')}]
orch incident close <id>
orch incident list [project]
`;

export const incident: Command = async (argv, io) => {
  const { values, positionals } = flags(argv, {
    title: { type: 'string' },
    severity: { type: 'string' },
    json: { type: 'boolean' },
  });
  if (values.help === true) {
    io.out(HELP);
    return EXIT.ok;
  }
  const [verb, subject] = positionals;
  const isJson = values.json === true;
  if (verb === 'list') {
    const query = subject === undefined ? '' : `?project=${encodeURIComponent(subject)}`;
    const list = await answerFromCore<Incident[]>(io, 'GET', `/v1/incidents${query}`);
    if (!list.ok) return list.exitCode;
    if (isJson) io.out(`${JSON.stringify({ schemaVersion: 1, incidents: list.value })}\n`);
    else for (const one of list.value) io.out(line(one));
    return EXIT.ok;
  }
  if (verb !== 'open' && verb !== 'close') throw new UsageError('one of open, close, list is needed');
  if (subject === undefined)
    throw new UsageError(verb === 'open' ? 'which project?' : 'which incident? its id is needed');
  if (verb === 'open' && values.title === undefined) throw new UsageError('--title is needed');
  const answer =
    verb === 'close'
      ? await answerFromCore<Incident>(io, 'PATCH', `/v1/incidents/${encodeURIComponent(subject)}`, {})
      : await answerFromCore<Incident>(io, 'POST', '/v1/incidents', {
          project: subject,
          title: values.title,
          severity: oneOf(values.severity ?? 'major', INCIDENT_SEVERITIES, '--severity'),
        });
  if (!answer.ok) return answer.exitCode;
  io.out(isJson ? `${JSON.stringify({ schemaVersion: 1, ...answer.value })}\n` : line(answer.value));
  return EXIT.ok;
};

function line({ id, project, severity, title, closedAt }: Incident): string {
  return `${id}  ${closedAt === null ? 'open  ' : 'closed'}  ${severity.padEnd(8)}  ${project}: ${title}\n`;
}
