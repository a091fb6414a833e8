import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The service that the sample project deploys: well or unwell as a file of its repository says. */
export interface DemoService {
  readonly healthUrl: string;
  close(): void;
}

export async function startDemoService(statusPath: string): Promise<DemoService> {
  const server = createServer((_request, response) => {
    const status = readFileSync(statusPath, 'utf8').trim();
    response.writeHead(status === 'ok' ? 200 : 503, { 'content-type': 'text/plain' }).end(`${status}\n`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    healthUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/health`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
