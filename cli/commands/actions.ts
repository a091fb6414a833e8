import type { Action } from '../../shared/contract/remediation.ts';
import { ACTION_VERBS } from '../../shared/contract/vocabulary.ts';
import type { Command, CommandIo } from '../command.ts';
import { answerFromCore } from '../core-answer.ts';
import { EXIT } from '../exit-codes.ts';
import { flags } from '../flags.ts';
import { localIsoText } from '../local-time.ts';
import { UsageError } from '../usage-error.ts';

const HELP = `orch actions [--project P] [--all]: what the core did by itself, or asks leave for
orch actions approve ID | decline ID: answer an action that asks
orch actions undo ID: take it back
orch actions retry ID: let a commit try again that was rolled back, or an undo that failed
orch actions cancel [ID]: call safeguards off before their first step

ID may be the beginning of one. --all shows those that are over for more than a day too.
`;

const DAY_MS = 24 * 3_600_000;

export const actions: Command = async (argv, io) => {
  const { values, positionals } = flags(argv, {
    json: { type: 'boolean' },
    all: { type: 'boolean' },
    project: { type: 'string' },
  });
  if (values.help === true) {
    io.out(HELP);
    return EXIT.ok;
  }
  const [verb, id, ...rest] = positionals;
  const isJson = values.json === true;
  if (verb === undefined) return list(io, isJson, values.all === true, values.project);
  if (!ACTION_VERBS.some((known) => known === verb))
    throw new UsageError(`one of ${ACTION_VERBS.join(', ')} is needed, not "${verb}"`);
  if (verb === 'cancel' && id === undefined) return cancelCounting(io, isJson);
  if (id === undefined || rest.length > 0) throw new UsageError('which action? `orch actions` lists them');
  return answerAction(io, isJson, id, verb);
};

/** Sixty seconds are no time to look for an id. */
async function cancelCounting(io: CommandIo, isJson: boolean): Promise<number> {
  const answer = await answerFromCore<Action[]>(io, 'GET', '/v1/actions');
  if (!answer.ok) return answer.exitCode;
  const counting = answer.value.find(({ state }) => state === 'counting');
  if (counting !== undefined) return answerAction(io, isJson, counting.id, 'cancel');
  io.err('Nothing is being counted down.\n');
  return EXIT.block;
}

async function answerAction(io: CommandIo, isJson: boolean, id: string, verb: string): Promise<number> {
  const path = `/v1/actions/${encodeURIComponent(id)}/${verb}`;
  const answer = await answerFromCore<Action>(io, 'POST', path, {});
  if (!answer.ok) return answer.exitCode;
  io.out(
    isJson ? `${JSON.stringify({ schemaVersion: 1, action: answer.value })}\n` : `${line(answer.value)}\n`,
  );
  return EXIT.ok;
}

async function list(
  io: CommandIo,
  isJson: boolean,
  isAll: boolean,
  project: string | undefined,
): Promise<number> {
  const query = new URLSearchParams({ limit: '200', ...(project === undefined ? {} : { project }) });
  const answer = await answerFromCore<Action[]>(io, 'GET', `/v1/actions?${query.toString()}`);
  if (!answer.ok) return answer.exitCode;
  const shown = answer.value.filter(
    ({ endedAt }) => isAll || endedAt === null || io.nowMs() - Date.parse(endedAt) < DAY_MS,
  );
  if (isJson) io.out(`${JSON.stringify({ schemaVersion: 1, actions: shown })}\n`);
  else if (shown.length === 0) io.out('No actions.\n');
  else io.out(`${shown.map(line).join('\n')}\n`);
  return EXIT.ok;
}

/** One action, one line: when, id, project, what, its state, why, what became of it and what can be answered. */
function line(action: Action): string {
  const { id, project, title, state, cause, text, can, beganAt } = action;
  const at = localIsoText(Date.parse(beganAt)).slice(0, 16).replace('T', ' ');
  const answers = can.length === 0 ? '' : ` [${can.join(', ')}]`;
  return oneLine(
    `${at}  ${id.slice(0, 8)}  ${project ?? '-'}  ${title}: ${state}, because ${cause}. ${text}${answers}`,
  );
}

/** A cause may hold anything; a list is one line each. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}]+/gu, ' ');
}
