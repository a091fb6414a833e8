import { z } from 'zod';

/** Every secret there can be. Their values are written, never read back. */
export const SECRET_NAMES = ['slack-webhook', 'smtp-password', 'github-token', 'github-webhook'] as const;
export type SecretName = (typeof SECRET_NAMES)[number];

export const secretParamsSchema = z.strictObject({ name: z.enum(SECRET_NAMES) });

export const putSecretSchema = z.strictObject({
  value: z
    .string()
    .min(1)
    .max(4096)
    // eslint-disable-next-line no-control-regex -- exactly the characters that may not be in it
    .regex(/^[^\u0000-\u001f\u007f]+$/, 'must be one line without control characters'),
});

export const secretStateSchema = z.object({
  name: z.enum(SECRET_NAMES),
  isSet: z.boolean(),
  /** Why it is not used although it is set: others can read its file. */
  problem: z.string().nullable(),
});
export type SecretState = z.infer<typeof secretStateSchema>;
