import { createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** How the application answers a hook. */
export type GateManner =
  /** Takes the connection and says nothing. */
  | { readonly kind: 'silent' }
  /** These bytes, whatever was asked; then it hangs up. */
  | { readonly kind: 'bytes'; readonly bytes: string }
  /** An answer of that status and body, once the whole request has arrived. */
  | { readonly kind: 'http'; readonly status: number; readonly body: string };

/** The running application as a hook finds it: endpoint.json and a unix socket. */
export interface FakeGate {
  behave(manner: GateManner): void;
  /** Every request, head and body as they came. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

/** Answers as the core would: with what the hook ends with, and the line it prints. */
export function saying(exitCode: number, words: string): GateManner {
  const body = JSON.stringify({ exitCode, words, verdict: null, decisionId: null });
  return { kind: 'http', status: 200, body };
}

export async function startFakeGate(homeDir: string): Promise<FakeGate> {
  const requests: string[] = [];
  const open = new Set<Socket>();
  let manner: GateManner = { kind: 'silent' };
  const server: Server = createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => undefined);
    const index = requests.push('') - 1;
    if (manner.kind === 'bytes') socket.end(manner.bytes);
    socket.on('data', (piece: Buffer) => {
      requests[index] = `${requests[index] ?? ''}${piece.toString('utf8')}`;
      if (manner.kind === 'http' && isWhole(requests[index])) {
        socket.end(httpText(manner.status, manner.body));
      }
    });
  });
  const socketPath = join(homeDir, 'api.sock');
  server.listen(socketPath);
  await once(server, 'listening');
  const file = {
    url: 'http://127.0.0.1:1',
    socket: socketPath,
    token: 'a-token_of-32-letters-and-more-00',
    pid: process.pid,
    startedAt: '2026-01-05T10:00:00.000Z',
    version: '0.0.0',
  };
  writeFileSync(join(homeDir, 'endpoint.json'), `${JSON.stringify(file, null, 1)}\n`, { mode: 0o600 });
  return {
    behave: (next) => (manner = next),
    requests,
    async close() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** In pieces as curl sends it, or of a stated length. */
function isWhole(request: string): boolean {
  const [head = '', ...rest] = request.split('\r\n\r\n');
  const length = /^content-length: (\d+)$/im.exec(head)?.[1];
  if (length === undefined) return request.endsWith('\r\n0\r\n\r\n');
  return Buffer.byteLength(rest.join('\r\n\r\n')) >= Number(length);
}

function httpText(status: number, body: string): string {
  return `HTTP/1.1 ${status} X\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`;
}
