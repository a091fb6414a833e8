import type { FastifyInstance } from 'fastify';

import type { CoreDoor } from './core-door.ts';
import { METRICS_PATH } from './guard.ts';
import { API_HEADERS } from './refuse.ts';

/** GET /metrics: the text format of Prometheus. Apart from the table of routes, whose answers are JSON. */
export function addMetricsRoute(app: FastifyInstance, door: Pick<CoreDoor, 'metrics'>): void {
  app.get(METRICS_PATH, async (_request, reply) => {
    const { contentType, text } = await door.metrics.scrape();
    return reply.headers({ ...API_HEADERS, 'content-type': contentType }).send(text);
  });
}
