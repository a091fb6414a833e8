import { z } from 'zod';

/** A place inside the project. Links are followed only as far as they stay in it, which the reader checks. */
const insidePath = z
  .string()
  .min(1)
  .max(400)
  .regex(
    /^(?![/\\~])(?![A-Za-z]:)(?!(?:.*[/\\])?\.\.(?:[/\\]|$))[^\p{Cc}]+$/u,
    'must be a place inside the project, relative to its folder',
  );

const webAddress = z.url({ protocol: /^https?$/ }).max(2000);

/** One number each by an instant query; `$window` in a query stands for 5m, 30m, 1h, 6h or 3d. */
export const prometheusEvidenceSchema = z.strictObject({
  url: webAddress.describe('Address of the Prometheus server, e.g. http://127.0.0.1:9090.'),
  errorsQuery: z
    .string()
    .min(1)
    .max(2000)
    .nullable()
    .default(null)
    .describe('PromQL: failed requests within $window, one number. `or vector(0)` tells none from unknown.'),
  eventsQuery: z
    .string()
    .min(1)
    .max(2000)
    .nullable()
    .default(null)
    .describe('PromQL: all requests within $window, one number.'),
  latencyQuery: z
    .string()
    .min(1)
    .max(2000)
    .nullable()
    .default(null)
    .describe("PromQL: the model's inference latency in milliseconds, one number."),
  objectivePercent: z
    .number()
    .min(50)
    .max(99.999)
    .default(99.9)
    .describe('Share of requests that must succeed; the rest is the error budget.'),
});
export type PrometheusEvidence = z.infer<typeof prometheusEvidenceSchema>;

/** What a project can show for itself besides its report. Files and addresses, never commands. */
export const evidenceConfigSchema = z.strictObject({
  usualPlaces: z
    .boolean()
    .default(true)
    .describe('Look for coverage and test results in the usual places where none are named.'),
  coverage: insidePath.nullable().default(null).describe('lcov.info or coverage-summary.json.'),
  tests: z.array(insidePath).max(50).default([]).describe('JUnit XML files, or folders that hold them.'),
  embeddings: insidePath
    .nullable()
    .default(null)
    .describe('Search evaluation, one {"query","relevant":[],"retrieved":[]} a line.'),
  embeddingsTopCount: z
    .number()
    .int()
    .min(1)
    .max(1000)
    .default(10)
    .describe('How many results of each search are looked at (the k of recall@k).'),
  model: insidePath
    .nullable()
    .default(null)
    .describe('JSON with accuracy, drift and latencyMs of the model.'),
  modelBaseline: insidePath
    .nullable()
    .default(null)
    .describe('JSON with the same for the model it is held against.'),
  mlflow: insidePath
    .nullable()
    .default(null)
    .describe("MLflow's folder (mlruns); the newest run counts where `model` does not say."),
  healthUrls: z
    .array(webAddress)
    .max(20)
    .default([])
    .describe('Addresses that answer 2xx while a service is well; asked once a minute.'),
  prometheus: prometheusEvidenceSchema.nullable().default(null).describe('Error rate and latency.'),
});
export type EvidenceConfig = z.infer<typeof evidenceConfigSchema>;
