import type { Job } from '../../shared/contract/job.ts';
import { jobSentence, shortJobId } from '../../shared/jobs/words.ts';
import type { Command, CommandIo } from '../command.ts';
import { answerFromCore } from '../core-answer.ts';
import { EXIT } from '../exit-codes.ts';
import { flags } from '../flags.ts';
import { localIsoText } from '../local-time.ts';
import { UsageError } from '../usage-error.ts';

const HELP = `orch jobs [--all]: work that waits for power, and why it waits
orch jobs pause ID | resume ID | cancel ID
orch jobs output ID: the end of what a job of the core printed

ID may be the beginning of one. --all shows those that are over too. Add work with \`orch run\`.
`;

const VERBS = ['pause', 'resume', 'cancel'];

export const jobs: Command = async (argv, io) => {
  const { values, positionals } = flags(argv, { json: { type: 'boolean' }, all: { type: 'boolean' } });
  if (values.help === true) {
    io.out(HELP);
    return EXIT.ok;
  }
  const [verb, id, ...rest] = positionals;
  if (verb === undefined) return list(io, values.json === true, values.all === true);
  if (verb !== 'output' && !VERBS.includes(verb))
    throw new UsageError(`one of ${VERBS.join(', ')}, output is needed, not "${verb}"`);
  if (id === undefined || rest.length > 0) throw new UsageError('which job? `orch jobs` lists them');
  const path = `/v1/jobs/${encodeURIComponent(id)}/${verb}`;
  if (verb === 'output') {
    const answer = await answerFromCore<{ output: string }>(io, 'GET', path);
    if (!answer.ok) return answer.exitCode;
    io.out(
      values.json === true
        ? `${JSON.stringify({ schemaVersion: 1, ...answer.value })}\n`
        : answer.value.output,
    );
    return EXIT.ok;
  }
  const answer = await answerFromCore<Job>(io, 'POST', path, {});
  if (!answer.ok) return answer.exitCode;
  io.out(
    values.json === true
      ? `${JSON.stringify({ schemaVersion: 1, job: answer.value })}\n`
      : `${line(answer.value)}\n`,
  );
  return EXIT.ok;
};

async function list(io: CommandIo, isJson: boolean, isAll: boolean): Promise<number> {
  const answer = await answerFromCore<Job[]>(io, 'GET', '/v1/jobs');
  if (!answer.ok) return answer.exitCode;
  const shown = answer.value.filter(({ endedAt }) => isAll || endedAt === null);
  if (isJson) io.out(`${JSON.stringify({ schemaVersion: 1, jobs: shown })}\n`);
  else if (shown.length === 0) io.out('No jobs.\n');
  else io.out(`${shown.map(line).join('\n')}\n`);
  return EXIT.ok;
}

const COMMAND_LETTERS = 40;

/** One job, one line: id, project, command, what it does and why. */
function line(job: Job): string {
  const command = oneLine(job.command.join(' '));
  const short = command.length > COMMAND_LETTERS ? `${command.slice(0, COMMAND_LETTERS - 1)}…` : command;
  const sentence = jobSentence(job, (iso) => localIsoText(Date.parse(iso)).slice(11, 16));
  const energy = job.energyWh === null ? '' : `, ${job.energyWh.toFixed(1)} Wh ${job.energyProvenance}`;
  const ran = job.startedAt === null ? '' : ` (ran ${durationText(job.ranSeconds)}${energy})`;
  return `${shortJobId(job.id)}  ${job.project ?? '-'}  ${short}  ${oneLine(sentence)}${ran}`;
}

function durationText(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  return seconds < 3600 ? `${Math.floor(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

/** A command may hold anything; a list is one line each. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\s]+/gu, ' ');
}
