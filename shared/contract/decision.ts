import { z } from 'zod';

import { CHANGE_TYPES, ENERGY_LEVELS, OPERATING_MODES, VERDICTS } from './vocabulary.ts';

export const reasonSchema = z.object({
  /** Stable, kebab-case: the rule that speaks, e.g. "energy-low". */
  code: z.string(),
  /** One sentence for a person. */
  text: z.string(),
  verdict: z.enum(VERDICTS),
});
export type Reason = z.infer<typeof reasonSchema>;

export const decisionSchema = z.object({
  id: z.string(),
  project: z.string(),
  change: z.enum(CHANGE_TYPES),
  verdict: z.enum(VERDICTS),
  /** Null only for allow. */
  bindingReason: z.string().nullable(),
  /** Most binding first. */
  reasons: z.array(reasonSchema),
  /** Null only for allow: "plug in", "make it a fix". */
  cheapestWayToPass: z.string().nullable(),
  retryAfterSeconds: z.number().int().min(0).nullable(),
  operatingMode: z.enum(OPERATING_MODES),
  level: z.enum(ENERGY_LEVELS),
  decidedAt: z.string(),
  /** Seconds since each input was read; null when it never was. */
  ages: z.record(z.string(), z.number().nullable()),
  /** Same inputs, same hash. */
  inputsHash: z.string(),
});
export type Decision = z.infer<typeof decisionSchema>;
