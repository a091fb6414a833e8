import type { FastifyInstance } from 'fastify';

import { GATE_TEXT_TYPE, parseGateText } from '../hooks/gate-text.ts';

/** Enough for a hundred commits; what goes beyond is let go by, and the push counts as one not wholly listed. */
const KEPT_BYTES = 512 * 1024;
/** A hook sends until its own time is up; more than this is none of ours. */
const MOST_BYTES = 32 * 1024 * 1024;

/**
 * Takes the plain text of the hooks (`gate-text.ts`) as a body. Read by hand: a push of any size gets an answer
 * and never more memory. The type is none that a web page may send without asking first.
 */
export function acceptGateText(app: FastifyInstance): void {
  app.addContentTypeParser(GATE_TEXT_TYPE, (_request, payload, done) => {
    const kept: Buffer[] = [];
    let sizeBytes = 0;
    payload.on('data', (piece: Buffer) => {
      if (sizeBytes < KEPT_BYTES) kept.push(piece.subarray(0, KEPT_BYTES - sizeBytes));
      sizeBytes += piece.length;
      if (sizeBytes > MOST_BYTES) payload.destroy();
    });
    payload.on('error', (error) => done(error));
    payload.on('end', () => {
      const ask = parseGateText(Buffer.concat(kept).toString('utf8'));
      done(null, { ...ask, isComplete: ask.isComplete && sizeBytes <= KEPT_BYTES });
    });
  });
}
