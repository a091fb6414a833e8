import type { AuditEntry } from '../../shared/contract/record.ts';
import type { Command } from '../command.ts';
import { answerFromCore } from '../core-answer.ts';
import { EXIT } from '../exit-codes.ts';
import { flags } from '../flags.ts';

const HELP = `orch audit [project] [--limit 100]: who did what and why, newest first
`;

export const audit: Command = async (argv, io) => {
  const { values, positionals } = flags(argv, { limit: { type: 'string' }, json: { type: 'boolean' } });
  if (values.help === true) {
    io.out(HELP);
    return EXIT.ok;
  }
  const query = new URLSearchParams({ limit: values.limit ?? '100' });
  const [project] = positionals;
  if (project !== undefined) query.set('project', project);
  const answer = await answerFromCore<AuditEntry[]>(io, 'GET', `/v1/audit?${query.toString()}`);
  if (!answer.ok) return answer.exitCode;
  if (values.json === true) io.out(`${JSON.stringify({ schemaVersion: 1, entries: answer.value })}\n`);
  else for (const entry of answer.value) io.out(line(entry));
  return EXIT.ok;
};

function line({ at, actor, act, project, cause }: AuditEntry): string {
  return `${at}  ${actor.padEnd(10)} ${act.padEnd(14)} ${project ?? '-'}  ${cause}\n`;
}
