import { z } from 'zod';

/** Every secret there can be. Their values are written, never read back. */
export const SECRET_NAMES = [
  'slack-webhook',
  'smtp-password',
  'github-token',
  'github-webhook',
  'manus-key',
] as const;
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
  /** Why it is not used although it is set: others can read its file, or the keychain it was encrypted with is gone. */
  problem: z.string().nullable(),
  /** A file of the person alone, or one that the desktop's keychain encrypted. Where it would be put when not set. */
  keptIn: z.enum(['file', 'keychain']),
  /** What a person should know of that place: why it is not the keychain. Null when there is nothing to say. */
  note: z.string().nullable(),
});
export type SecretState = z.infer<typeof secretStateSchema>;
