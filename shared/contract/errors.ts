import { z } from 'zod';

/** Every refusal of the endpoint. Stable for ever; docs/errors.md lists each. */
export const ERROR_CODES = [
  'bad-host',
  'bad-origin',
  'bad-request',
  'bad-site',
  'bad-target',
  'bad-token',
  'body-too-large',
  'conflict',
  'internal',
  'invalid',
  'method-not-allowed',
  'not-found',
  'not-json',
  'too-many-requests',
  'unavailable',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

export const errorSchema = z.object({
  error: z.object({
    code: z.enum(ERROR_CODES),
    message: z.string(),
    /** The field at fault, as a path like "projects[0].profile". */
    field: z.string().optional(),
  }),
});
export type ErrorBody = z.infer<typeof errorSchema>;
