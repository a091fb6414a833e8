import { upsFromVariables } from '../../shared/energy/ups-status.ts';
import type { UpsReading } from '../../shared/contract/energy.ts';
import type { Clock } from '../clock.ts';
import { createNutConversation } from './nut-conversation.ts';
import type { NutConversation } from './nut-conversation.ts';
import { isLoopback, parseUpsAddress } from './ups-address.ts';
import type { UpsAddress } from './ups-address.ts';
import { readLinkOnce } from './ups-link.ts';
import type { ReadOnceOptions, UpsAnswer, UpsLink } from './ups-link.ts';
import { UpsProblem } from './ups-problem.ts';
import { openUpsSocket } from './ups-socket.ts';
import type { UpsSocket } from './ups-socket.ts';

/** NUT's registered port. */
export const NUT_PORT = 3493;
/** More than any room of machines has; a server that lists more is none. */
const MAX_UPSES = 256;
const MAX_VARIABLES = 2000;

export interface NutLogin {
  readonly user: string | null;
  /** Null when there is none to send. @throws UpsProblem */
  readonly readPassword: (() => Promise<string>) | null;
  /** PEM of the authority the server's certificate must come from; TLS is then required. @throws UpsProblem */
  readonly readCa: (() => Promise<string>) | null;
}

const NO_LOGIN: NutLogin = { user: null, readPassword: null, readCa: null };

/**
 * A NUT server (upsd), read only: STARTTLS where it is offered, USERNAME and PASSWORD where given, then
 * `LIST UPS` and `LIST VAR`. Nothing else is ever sent.
 *
 * @throws UpsProblem when `address` is none
 */
export function nutLink(address: string, clock: Clock, login: NutLogin = NO_LOGIN): UpsLink {
  const place = parseUpsAddress(address, NUT_PORT);
  return {
    source: 'nut',
    address: place.full,
    standInName: `nut@${place.label}`,
    async open(timeoutMs) {
      const startedMs = clock.monotonicMs();
      const socket = await openUpsSocket(place, clock, timeoutMs);
      const leftMs = Math.max(1, Math.round(timeoutMs - (clock.monotonicMs() - startedMs)));
      const stop = socket.allow(leftMs);
      try {
        const conversation = createNutConversation(socket);
        const encrypted = await encrypt(conversation, socket, place, login);
        await introduce(conversation, login, encrypted || isLoopback(place.host));
        return {
          close: () => socket.close(),
          async read(readTimeoutMs) {
            const enough = socket.allow(readTimeoutMs);
            try {
              return await readAll(conversation, place);
            } finally {
              enough();
            }
          },
        };
      } catch (error) {
        socket.close();
        throw error;
      } finally {
        stop();
      }
    },
  };
}

/** Reads every UPS of a NUT server once; see `readLinkOnce` for what happens when it cannot be read. */
export function readNutOnce(address: string, options: ReadOnceOptions): Promise<UpsReading[]> {
  return readLinkOnce(nutLink(address, options.clock), options);
}

async function encrypt(
  conversation: NutConversation,
  socket: UpsSocket,
  place: UpsAddress,
  login: NutLogin,
): Promise<boolean> {
  const caPem = login.readCa === null ? null : await login.readCa();
  const refusal = await conversation.command('STARTTLS');
  if (refusal === null) {
    // What came before the handshake could have been slipped in by anyone on the way.
    conversation.expectNothingMore();
    await socket.startTls(caPem);
    return true;
  }
  if (caPem !== null) {
    throw new UpsProblem('tls', `${place.full} offers no TLS, which energy.nutCaFile asks for`);
  }
  return false;
}

/** Reading needs no user. A password never leaves this machine in the clear. */
async function introduce(conversation: NutConversation, login: NutLogin, safe: boolean): Promise<void> {
  if (login.user === null || !safe) return;
  const answers = [await conversation.command('USERNAME', login.user)];
  if (login.readPassword !== null) {
    answers.push(await conversation.command('PASSWORD', await login.readPassword()));
  }
  for (const refusal of answers) {
    if (refusal !== null) throw new UpsProblem('denied', refusal.problem);
  }
}

async function readAll(conversation: NutConversation, place: UpsAddress): Promise<readonly UpsAnswer[]> {
  const listed = await conversation.list(MAX_UPSES, 'UPS');
  if (listed.lines === null) throw new UpsProblem('denied', listed.refusal.problem);
  const answers: UpsAnswer[] = [];
  for (const [keyword, ups] of listed.lines) {
    if (keyword !== 'UPS' || ups === undefined || ups === '') {
      throw new UpsProblem('garbled', `${place.full} listed something that is no UPS`);
    }
    answers.push(await readOne(conversation, ups, `${shownText(ups)}@${place.label}`));
  }
  return answers;
}

async function readOne(conversation: NutConversation, ups: string, name: string): Promise<UpsAnswer> {
  const { lines, refusal } = await conversation.list(MAX_VARIABLES, 'VAR', ups);
  if (lines === null) {
    return { name, facts: null, problem: refusal.problem, commLost: refusal.commLost };
  }
  const variables = new Map<string, string>();
  for (const [keyword, owner, variable, value] of lines) {
    if (keyword !== 'VAR' || owner !== ups || variable === undefined || value === undefined) {
      throw new UpsProblem('garbled', `the list of ${name} holds something that is no value of it`);
    }
    variables.set(variable, shownText(value));
  }
  const facts = upsFromVariables(variables);
  // The server's own word while a driver has told it nothing yet; it says nothing about the UPS.
  const waits = facts.status === 'WAIT';
  return { name, facts, problem: waits ? 'its driver has only just begun (WAIT)' : null, commLost: waits };
}

/** Bytes as text for people: UTF-8 where it is, one line, without control characters, at most 200 long. */
function shownText(bytes: string): string {
  return Buffer.from(bytes, 'latin1')
    .toString('utf8')
    .replace(/\p{Cc}|\p{Cf}|\p{Co}/gu, '\ufffd')
    .slice(0, 200);
}
