import type { CommandIo } from './command.ts';
import { askCore, errorText } from './core-client.ts';
import { EXIT } from './exit-codes.ts';

export type CoreAnswer<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly exitCode: number };

/** Asks for something that only a running core can do. A "no" has been told on stderr when this returns. */
export async function answerFromCore<T>(
  io: CommandIo,
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body?: object,
): Promise<CoreAnswer<T>> {
  const reply = await askCore(io.places, method, path, body);
  if (!reply.reached) {
    io.err(`orch: ${reply.why}. Start it with \`orch daemon\` or from the desktop.\n`);
    return { ok: false, exitCode: EXIT.unknown };
  }
  if (reply.status === 200) return { ok: true, value: JSON.parse(reply.body) as T };
  io.err(`orch: ${errorText(reply.body)}\n`);
  const isUsage = reply.status === 404 || reply.status === 422;
  return { ok: false, exitCode: isUsage ? EXIT.usage : EXIT.block };
}
