import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A service with counters for Prometheus: its requests fail while the file that it was deployed with says so. */
export interface SampleService {
  /** "127.0.0.1:PORT", to be scraped at /metrics. */
  readonly address: string;
  close(): void;
}

const EVERY_MS = 50;
const REQUESTS = 10;

export async function startSampleService(statusPath: string): Promise<SampleService> {
  const counts = { ok: 0, failed: 0 };
  const serve = setInterval(() => {
    const isOk = readFileSync(statusPath, 'utf8').trim() === 'ok';
    counts[isOk ? 'ok' : 'failed'] += REQUESTS;
  }, EVERY_MS);
  const server = createServer((_request, response) => {
    const line = (code: number, count: number): string => `shop_requests_total{code="${code}"} ${count}\n`;
    response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' });
    response.end(`# TYPE shop_requests_total counter\n${line(200, counts.ok)}${line(500, counts.failed)}`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      clearInterval(serve);
      server.close();
      server.closeAllConnections();
    },
  };
}
