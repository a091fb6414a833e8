import type { Schedule } from '../../shared/contract/scaling.ts';
import { shortJobId } from '../../shared/jobs/words.ts';
import type { Command } from '../command.ts';
import { answerFromCore } from '../core-answer.ts';
import { EXIT } from '../exit-codes.ts';
import { flags } from '../flags.ts';
import { localIsoText } from '../local-time.ts';
import { UsageError } from '../usage-error.ts';

const HELP = `orch schedules: when models are trained again, what a window waits for, and how the last one ended

A schedule is set in the settings (retrain of a project). \`orch jobs\` shows the training itself.
`;

export const schedules: Command = async (argv, io) => {
  const { values, positionals } = flags(argv, { json: { type: 'boolean' } });
  if (values.help === true) {
    io.out(HELP);
    return EXIT.ok;
  }
  if (positionals.length > 0) throw new UsageError('no argument is needed');
  const answer = await answerFromCore<Schedule[]>(io, 'GET', '/v1/schedules');
  if (!answer.ok) return answer.exitCode;
  if (values.json === true) io.out(`${JSON.stringify({ schemaVersion: 1, schedules: answer.value })}\n`);
  else if (answer.value.length === 0) io.out('No schedules.\n');
  else io.out(`${answer.value.map(line).join('\n')}\n`);
  return EXIT.ok;
};

/** One project, one line: what is now, the next window, and the last result. */
function line({ project, schedule, state, wait, window, jobId, nextWindowAt, last }: Schedule): string {
  const now =
    state === 'idle'
      ? ''
      : state === 'running'
        ? `runs as job ${shortJobId(jobId ?? '')}; `
        : `waits${window?.isMissed === true ? ' (missed window)' : ''}; `;
  const why = wait === null ? '' : `${wait.reason}, until ${wait.until}; `;
  const next = nextWindowAt === null ? 'no further window' : `next ${localText(nextWindowAt)}`;
  const ended = last === null ? '' : `; last ${localText(last.endedAt)}: ${last.text}`;
  return oneLine(`${project}  ${schedule}  ${now}${why}${next}${ended}`);
}

function localText(iso: string): string {
  return localIsoText(Date.parse(iso)).slice(0, 16).replace('T', ' ');
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}]+/gu, ' ');
}
