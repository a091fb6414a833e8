import { z } from 'zod';

import { checkProfile, checkProfileNames } from './profile-check.ts';
import { PROFILES, RANKED_LEVELS, SCORE_NEED_PATTERN } from './vocabulary.ts';

const need = z
  .string()
  .regex(
    SCORE_NEED_PATTERN,
    'must read like "at least 70": above, at least, below or at most, and a number from 0 to 100',
  );

export const scoreConfigSchema = z.strictObject({
  inputs: z
    .record(z.string(), z.number().positive().max(100))
    .optional()
    .describe('What it is measured from, each with its weight in %, 100 together. None: a report tells it.'),
  groups: z
    .record(z.string().regex(/^[a-z][a-z0-9_]{0,39}$/), z.array(z.string()).min(2).max(13))
    .optional()
    .describe('Inputs whose weight stays together where one of them does not apply to a project.'),
  as: z
    .enum(['mean', 'losses'])
    .optional()
    .describe('The weighted mean of the inputs, or 100 less what each of them lost.'),
  better: z.enum(['higher', 'lower']).optional().describe('Which way is better; higher unless said.'),
  optional: z
    .boolean()
    .optional()
    .describe('Whether the project can be judged without it. Others share the confidence evenly.'),
  haltUnless: need.nullable().optional().describe('HALT unless it is this, e.g. at least 40.'),
  safeUnless: need.nullable().optional().describe('SAFE instead of FAST unless it is this.'),
  blockUnless: need
    .nullable()
    .optional()
    .describe('Features, infrastructure changes and experiments are blocked unless it is this.'),
  throttleUnless: need.nullable().optional().describe('A person confirms the same unless it is this.'),
});
export type ScoreConfig = z.infer<typeof scoreConfigSchema>;

const profileShape = z.strictObject({
  extends: z
    .enum(PROFILES)
    .describe('The built-in profile it starts from: its scores, how its mode is made, its rules.'),
  scores: z
    .record(
      z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'must be lower-case letters, digits and "_"'),
      scoreConfigSchema.nullable(),
    )
    .default({})
    .describe('Scores of its own, or others under the names of the built-in ones; null leaves one out.'),
  modes: z
    .strictObject({
      haltUnless: need.optional().describe('For scores that do not say it themselves: at least 40.'),
      safeUnless: need.optional().describe('The same, and for well-being: at least 70.'),
      efficientUpTo: z
        .enum(RANKED_LEVELS)
        .optional()
        .describe('Highest level at which an ml project is EFFICIENT: LOW.'),
    })
    .prefault({})
    .describe('What the mode is made of.'),
});
export type ProfileConfig = z.infer<typeof profileShape>;
export const profileConfigSchema = profileShape.superRefine(checkProfile);

/** A letter first, so that a name is never taken for a flag or a number. */
export const profileNameSchema = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be 1 to 40 lower-case letters, digits or "-"');

export const profilesConfigSchema = z
  .record(profileNameSchema, profileConfigSchema)
  .superRefine(checkProfileNames);
export type ProfilesConfig = z.infer<typeof profilesConfigSchema>;
