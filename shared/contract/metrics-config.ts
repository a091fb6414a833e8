import { z } from 'zod';

const absolutePath = z
  .string()
  .max(1000)
  .regex(/^(?:\/|[A-Za-z]:[\\/])[^\p{Cc}]+$/u, 'must be an absolute path');

export const OTLP_TEMPORALITIES = ['cumulative', 'delta'] as const;

export const otlpConfigSchema = z.strictObject({
  url: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .describe('Where the metrics are sent, whole: http://127.0.0.1:4318/v1/metrics.'),
  headersFile: absolutePath
    .nullable()
    .default(null)
    .describe('File with one "Name: value" a line to send along, readable by you alone: keys and tokens.'),
  intervalSeconds: z.number().int().min(1).max(3600).default(60).describe('How often they are sent.'),
  temporality: z
    .enum(OTLP_TEMPORALITIES)
    .default('cumulative')
    .describe('Whether counters tell all since the start, or what came since the last time (Datadog).'),
});
export type OtlpConfig = z.infer<typeof otlpConfigSchema>;

export const metricsConfigSchema = z.strictObject({
  tokenFile: absolutePath
    .nullable()
    .default(null)
    .describe('File with a token that opens GET /metrics alone and stays the same; made when missing.'),
  otlp: otlpConfigSchema
    .nullable()
    .default(null)
    .describe('Sends the metrics by OTLP over HTTP. Off when not set: nothing is sent.'),
});
export type MetricsConfig = z.infer<typeof metricsConfigSchema>;
