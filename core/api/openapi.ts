import { z } from 'zod';

import { errorSchema } from '../../shared/contract/errors.ts';
import { METRICS_PATH } from './guard.ts';
import type { Route } from './route.ts';

/** The OpenAPI 3.1 document, made from the same schemas that check the requests. */
export function openapi(routes: readonly Route[], version: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] ??= {};
    paths[path][route.method.toLowerCase()] = {
      summary: route.summary,
      ...(route.open === true ? { security: [] } : {}),
      parameters: [...parameters(route.params, 'path'), ...parameters(route.query, 'query')],
      ...(route.body === undefined
        ? {}
        : { requestBody: { required: true, content: json(z.toJSONSchema(route.body, { io: 'input' })) } }),
      responses: {
        200: { description: 'OK', content: json(z.toJSONSchema(route.reply, { unrepresentable: 'any' })) },
        default: { description: 'Refused', content: json(z.toJSONSchema(errorSchema)) },
      },
    };
  }
  paths['/v1/events'] = {
    get: {
      summary: 'Server-sent events: snapshot, alert, decision, job. Resumes by Last-Event-ID.',
      responses: { 200: { description: 'A stream', content: { 'text/event-stream': {} } } },
    },
  };
  paths[METRICS_PATH] = {
    get: {
      summary: 'The metrics in the text format of Prometheus. Also opened by the token of metrics.tokenFile.',
      responses: { 200: { description: 'OK', content: { 'text/plain': { schema: { type: 'string' } } } } },
    },
  };
  return {
    openapi: '3.1.0',
    info: { title: 'Meta-Orchestrator', version, license: { name: 'MIT' } },
    security: [{ token: [] }],
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    paths,
  };
}

function json(schema: object): object {
  return { 'application/json': { schema } };
}

function parameters(schema: z.ZodType | undefined, where: 'path' | 'query'): object[] {
  if (schema === undefined) return [];
  const object = z.toJSONSchema(schema, { io: 'input' }) as {
    properties?: Record<string, object>;
    required?: string[];
  };
  return Object.entries(object.properties ?? {}).map(([name, property]) => ({
    name,
    in: where,
    required: where === 'path' || (object.required ?? []).includes(name),
    schema: property,
  }));
}
