import { z } from 'zod';

/** `endpoint.json`, written 0600 by the running core and removed at a clean stop. */
export const endpointFileSchema = z.object({
  url: z.string(),
  /** Path of the unix socket (named pipe on Windows); null where there is none. */
  socket: z.string().nullable(),
  token: z.string().min(32),
  pid: z.number().int().positive(),
  startedAt: z.string(),
  version: z.string(),
});
export type EndpointFile = z.infer<typeof endpointFileSchema>;
