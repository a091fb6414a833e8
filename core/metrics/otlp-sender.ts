import type { OtlpConfig } from '../../shared/contract/metrics-config.ts';
import type { MetricFacts } from './metric-facts.ts';
import { readHeaders } from './otlp-headers.ts';
import { createOtlpPoints } from './otlp-points.ts';
import { readMetrics } from './read-metrics.ts';

/** How long one sending may take, its library's own retries included. */
const TIMEOUT_MS = 5000;

/** Sends the metrics once each time it is called. */
export interface OtlpSender {
  /** @throws Error in words when they did not arrive. */
  send(facts: MetricFacts, nowMs: number): Promise<void>;
  close(): Promise<void>;
}

export interface OtlpOrigin {
  readonly version: string;
  /** Which of several cores this is. */
  readonly hostName: string;
  readonly startedAtMs: number;
}

/** Loads OpenTelemetry's packages: only for a core that is told to send. */
export async function loadOtlpSender(config: OtlpConfig, origin: OtlpOrigin): Promise<OtlpSender> {
  const [
    { ValueType },
    { OTLPMetricExporter },
    { AggregationTemporality, DataPointType },
    { resourceFromAttributes },
  ] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/exporter-metrics-otlp-http'),
    import('@opentelemetry/sdk-metrics'),
    import('@opentelemetry/resources'),
  ]);
  const resource = resourceFromAttributes({
    'service.name': 'meta-orchestrator',
    'service.version': origin.version,
    'service.instance.id': origin.hostName,
    'host.name': origin.hostName,
  });
  const scope = { name: 'meta-orchestrator', version: origin.version };
  const words = { temporality: AggregationTemporality, point: DataPointType, value: ValueType };
  const points = createOtlpPoints(words, config.temporality, origin.startedAtMs);
  let exporter: InstanceType<typeof OTLPMetricExporter> | null = null;

  const drop = async (): Promise<void> => {
    const dropped = exporter;
    exporter = null;
    await dropped?.shutdown().catch(() => undefined);
  };
  return {
    async send(facts, nowMs) {
      exporter ??= new OTLPMetricExporter({
        url: config.url,
        headers: await readHeaders(config.headersFile),
        timeoutMillis: TIMEOUT_MS,
        concurrencyLimit: 1,
      });
      const { metrics, sent } = points.points(readMetrics(facts), nowMs);
      const used = exporter;
      const result = await new Promise<{ readonly code: number; readonly error?: Error }>((resolve) => {
        // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- the same enums, by way of two declaration files
        used.export({ resource, scopeMetrics: [{ scope, metrics }] }, resolve);
      });
      if (result.code === 0) {
        sent();
        return;
      }
      // The next attempt reads the headers anew: the key may have been mended meanwhile.
      await drop();
      throw new Error(reasonOf(result.error));
    },
    close: drop,
  };
}

/** What went wrong, without what was sent or answered. */
function reasonOf(error: Error | undefined): string {
  const status: unknown = (error as { code?: unknown } | undefined)?.code;
  if (status === 401 || status === 403) return `refused (${status}): look at metrics.otlp.headersFile`;
  if (typeof status === 'number') return `answered ${status}`;
  if (typeof status === 'string') return status;
  return error?.message ?? 'no answer';
}
