import { z } from 'zod';

import { HEALTH_MODES } from './vocabulary.ts';

const score = z.number().min(0).max(100);

/** `.consciousness_report.json` as this product writes it. Fields it does not know are kept. */
export const reportSchema = z.looseObject({
  schemaVersion: z.literal(1),
  project: z.string().min(1).max(200),
  /** A built-in profile or one of the writer's settings. */
  profile: z.string().min(1).max(40),
  /** ISO instant. */
  generatedAt: z.iso.datetime({ offset: true }),
  commit: z.string().max(64).optional(),
  generator: z.string().max(200).optional(),
  scores: z.record(z.string(), z.union([score, z.string(), z.null()])),
  mode: z.enum(HEALTH_MODES).optional(),
  evidence: z.record(z.string(), z.unknown()).optional(),
  confidence: z.number().min(0).max(1).optional(),
});
export type ConsciousnessReport = z.infer<typeof reportSchema>;

/** The flat form of the source document: scores at the top, age from the file's mtime. */
export const flatReportSchema = z.looseObject({
  integration: score.optional(),
  wellbeing: score.optional(),
  stability: score.optional(),
  model_health: score.optional(),
  embedding_quality: score.optional(),
  computation_load: score.optional(),
  mode: z.enum(HEALTH_MODES).optional(),
});
