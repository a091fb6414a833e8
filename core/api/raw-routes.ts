import type { Readable } from 'node:stream';

import type { FastifyInstance } from 'fastify';

import type { Clock } from '../clock.ts';
import { createActBudget } from './act-budget.ts';
import type { CoreDoor } from './core-door.ts';
import { API_HEADERS } from './refuse.ts';
import { Refused } from './refused.ts';
import { Answer, RawRequest } from './raw-request.ts';
import type { Route } from './route.ts';

/** Bodies held at once, over all callers: nobody has shown yet who they are. */
const HELD_BYTES = 64 * 1024 * 1024;

/**
 * Routes whose caller proves itself by a signature over the body's bytes. They have a budget of their own: strangers
 * who knock at them hold up nobody who has a token.
 */
export function addRawRoutes(
  app: FastifyInstance,
  routes: readonly Route[],
  { door, clock }: { readonly door: CoreDoor; readonly clock: Clock },
): void {
  const budget = createActBudget(clock);
  const held = { sizeBytes: 0 };
  app.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, payload, parsed) => parsed(null, payload));
    for (const { method, path, rawBodyBytes = 0, handle } of routes) {
      scope.route({
        method,
        url: path,
        async handler(request, reply) {
          if (!budget.take()) {
            reply.header('retry-after', '1').header('connection', 'close');
            throw new Refused(429, 'too-many-requests', 'Too many calls; wait a second.');
          }
          const body = await wholeBody(request.raw, rawBodyBytes, held).catch((error: unknown) => {
            reply.header('connection', 'close');
            throw error;
          });
          const raw = new RawRequest(request.headers, body);
          const value = await handle(door, { params: undefined, query: undefined, body: raw });
          const answer = value instanceof Answer ? value : new Answer(200, value);
          return reply.code(answer.status).headers(API_HEADERS).send(answer.value);
        },
      });
    }
    done();
  });
}

/** The bytes of a body. One that is too large is read to its end, up to twice the limit, so that the answer arrives. */
async function wholeBody(
  request: Readable & { readonly headers?: Readonly<Record<string, unknown>> },
  limitBytes: number,
  held: { sizeBytes: number },
): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let sizeBytes = 0;
  let keptBytes = 0;
  const tooLarge = (): Refused =>
    new Refused(413, 'body-too-large', `At most ${Math.floor(limitBytes / (1024 * 1024))} MB.`);
  if (Number(request.headers?.['content-length'] ?? 0) > 2 * limitBytes) throw tooLarge();
  try {
    for await (const piece of request as AsyncIterable<Buffer>) {
      sizeBytes += piece.length;
      if (sizeBytes > 2 * limitBytes) throw tooLarge();
      if (sizeBytes > limitBytes) continue;
      if (held.sizeBytes + piece.length > HELD_BYTES) {
        throw new Refused(503, 'unavailable', 'Too much is being received; try again.');
      }
      held.sizeBytes += piece.length;
      keptBytes += piece.length;
      pieces.push(piece);
    }
    if (sizeBytes > limitBytes) throw tooLarge();
    return Buffer.concat(pieces);
  } finally {
    held.sizeBytes -= keptBytes;
  }
}
