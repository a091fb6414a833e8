import { putSecretSchema } from '../../shared/contract/secrets.ts';
import type { MirrorState, PushReply, SyncReply } from '../../shared/contract/sync.ts';
import { ageText } from '../../shared/view/quantities.ts';
import type { Command, CommandIo } from '../command.ts';
import { answerFromCore } from '../core-answer.ts';
import { EXIT } from '../exit-codes.ts';
import { flags } from '../flags.ts';
import { UsageError } from '../usage-error.ts';

const HELP = `orch sync: how the mirrors elsewhere fare, and what waits for them
orch sync push: tries at once whatever waits
orch sync retry ID: tells a message that was given up after all
orch sync drop ID --yes: never tells it; this cannot be undone
orch sync key: keeps the API key of Manus; it is read from standard input, never from the command line
orch sync key --remove: forgets it

An id may be shortened as long as it names one message. --json prints the whole of it.
`;

type Message = SyncReply['messages'][number];
type Values = Readonly<Record<string, unknown>>;

export const sync: Command = async (argv, io) => {
  const { values, positionals } = flags(argv, {
    json: { type: 'boolean' },
    remove: { type: 'boolean' },
    yes: { type: 'boolean' },
  });
  if (values.help === true) {
    io.out(HELP);
    return EXIT.ok;
  }
  const [act, id, ...rest] = positionals;
  if (rest.length > 0) throw new UsageError(`"${rest[0]}" is one word too many`);
  switch (act) {
    case undefined:
      return show(io, values);
    case 'push':
      return push(io);
    case 'retry':
    case 'drop':
      if (id === undefined) throw new UsageError(`an id is needed: orch sync ${act} ID`);
      if (act === 'drop' && values.yes !== true)
        throw new UsageError('dropping cannot be undone: say --yes if it is meant');
      return change(io, act, id);
    case 'key':
      return values.remove === true ? forgetKey(io) : keepKey(io);
    default:
      throw new UsageError(`"${act}" is none of push, retry, drop, key`);
  }
};

async function show(io: CommandIo, { json }: Values): Promise<number> {
  const answer = await answerFromCore<SyncReply>(io, 'GET', '/v1/sync');
  if (!answer.ok) return answer.exitCode;
  if (json === true) {
    io.out(`${JSON.stringify({ schemaVersion: 1, ...answer.value })}\n`);
    return EXIT.ok;
  }
  const { destinations, messages } = answer.value;
  const mirrors = Object.entries(destinations);
  if (mirrors.length === 0) io.out('Nothing is mirrored elsewhere.\n');
  const age = (at: string): string => ageText(Math.max(0, (io.nowMs() - Date.parse(at)) / 1000));
  for (const [name, mirror] of mirrors) io.out(`${name}: ${mirrorText(mirror, age)}\n`);
  for (const message of messages) io.out(`  ${messageText(message, age)}\n`);
  return EXIT.ok;
}

function mirrorText(mirror: MirrorState, age: (at: string) => string): string {
  const { state, problem, queuedCount, unsureCount, deadCount, lastSuccessAt } = mirror;
  return [
    problem ?? state,
    `${queuedCount} waiting`,
    ...(unsureCount > 0 ? [`${unsureCount} may have arrived`] : []),
    ...(deadCount > 0 ? [`${deadCount} given up`] : []),
    lastSuccessAt === null ? 'never reached' : `last success ${age(lastSuccessAt)}`,
  ].join('; ');
}

function messageText({ id, act, cause, state, queuedAt, why }: Message, age: (at: string) => string): string {
  return [id, act, state, age(queuedAt), cause, ...(why === null ? [] : [why])].join('  ');
}

async function push(io: CommandIo): Promise<number> {
  const answer = await answerFromCore<PushReply>(io, 'POST', '/v1/sync/push');
  if (!answer.ok) return answer.exitCode;
  io.out(answer.value.isPushed ? 'Whatever waits is tried now.\n' : 'That was done a moment ago.\n');
  return EXIT.ok;
}

async function change(io: CommandIo, act: 'retry' | 'drop', named: string): Promise<number> {
  const known = await answerFromCore<SyncReply>(io, 'GET', '/v1/sync');
  if (!known.ok) return known.exitCode;
  const ids = known.value.messages.map(({ id }) => id);
  const found = ids.includes(named) ? [named] : ids.filter((id) => id.startsWith(named));
  if (found.length > 1) throw new UsageError(`"${named}" names ${found.length} messages`);
  // One that is not listed may be older than those that are.
  const answer = await answerFromCore<object>(io, 'POST', `/v1/sync/${act}`, { id: found[0] ?? named });
  if (!answer.ok) return answer.exitCode;
  io.out(act === 'retry' ? 'In line again.\n' : 'Dropped.\n');
  return EXIT.ok;
}

async function keepKey(io: CommandIo): Promise<number> {
  if (io.terminal !== null) io.err('The API key of Manus, then Enter and Ctrl-D:\n');
  let text = '';
  for await (const piece of io.stdin()) text += piece;
  const parsed = putSecretSchema.safeParse({ value: text.trim() });
  if (!parsed.success) throw new UsageError('the key must be one line on standard input');
  const answer = await answerFromCore<object>(io, 'PUT', '/v1/secrets/manus-key', parsed.data);
  if (!answer.ok) return answer.exitCode;
  io.out('Kept. It is used from now on.\n');
  return EXIT.ok;
}

async function forgetKey(io: CommandIo): Promise<number> {
  const answer = await answerFromCore<object>(io, 'DELETE', '/v1/secrets/manus-key');
  if (!answer.ok) return answer.exitCode;
  io.out('Forgotten.\n');
  return EXIT.ok;
}
