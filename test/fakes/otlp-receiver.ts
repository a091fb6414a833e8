import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

/** One number of a metric as it came over the wire. */
export interface ReceivedPoint {
  readonly asDouble?: number;
  readonly asInt?: number | string;
  readonly count?: number | string;
  readonly sum?: number;
  readonly startTimeUnixNano: string;
  readonly timeUnixNano: string;
  readonly attributes: readonly { readonly key: string; readonly value: { readonly stringValue?: string } }[];
}

interface PointList {
  readonly dataPoints: readonly ReceivedPoint[];
  readonly aggregationTemporality?: number;
  readonly isMonotonic?: boolean;
}

export interface ReceivedMetric {
  readonly name: string;
  readonly unit: string;
  readonly gauge?: PointList;
  readonly sum?: PointList;
  readonly histogram?: PointList;
}

export interface OtlpReceiver {
  readonly url: string;
  /** What arrived with the right key, a list of metrics each time. */
  readonly received: readonly (readonly ReceivedMetric[])[];
  /** Status of every answer, in order. */
  readonly answered: readonly number[];
  close(): Promise<void>;
}

/** A collector's OTLP/HTTP receiver in JSON, that wants a key where one is named. */
export async function startOtlpReceiver(key: string | null = null, port = 0): Promise<OtlpReceiver> {
  const received: (readonly ReceivedMetric[])[] = [];
  const answered: number[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const isMeant = request.method === 'POST' && request.url === '/v1/metrics';
      const isAllowed = key === null || request.headers['x-key'] === key;
      const status = !isMeant ? 404 : !isAllowed ? 401 : 200;
      if (status === 200) {
        const bytes = Buffer.concat(chunks);
        const text = (request.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString();
        const body = JSON.parse(text) as {
          resourceMetrics: { scopeMetrics: { metrics: ReceivedMetric[] }[] }[];
        };
        received.push(
          body.resourceMetrics.flatMap(({ scopeMetrics }) => scopeMetrics.flatMap(({ metrics }) => metrics)),
        );
      }
      answered.push(status);
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end('{}');
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/metrics`,
    received,
    answered,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
