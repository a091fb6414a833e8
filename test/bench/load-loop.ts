import { execFile } from 'node:child_process';
import { connect } from 'node:net';
import { promisify } from 'node:util';

/** Ten clients that each ask again as soon as they have an answer, for so long, from a process of their own. */
export interface Load {
  readonly port: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly connections: number;
  readonly durationMs: number;
}

const HEADERS_END = Buffer.from('\r\n\r\n');

/**
 * Answers per second. Keep-alive, no pipelining, plain sockets: a client that costs little, so that the server
 * is what is measured.
 * @throws when an answer is not a 200, or a connection is closed.
 */
export async function answersPerSecond(load: Load): Promise<number> {
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, [import.meta.filename, JSON.stringify(load)]);
  return Number(stdout);
}

async function loop(load: Load): Promise<number> {
  const request = Buffer.from(
    [
      `GET ${load.path} HTTP/1.1`,
      `Host: 127.0.0.1:${load.port}`,
      ...Object.entries(load.headers).map(([name, value]) => `${name}: ${value}`),
      '\r\n',
    ].join('\r\n'),
  );
  const startedAtMs = performance.now();
  const endsAtMs = startedAtMs + load.durationMs;
  const counts = await Promise.all(
    Array.from({ length: load.connections }, () => client(load.port, request, endsAtMs)),
  );
  return (counts.reduce((sum, count) => sum + count, 0) * 1000) / (performance.now() - startedAtMs);
}

function client(port: number, request: Buffer, endsAtMs: number): Promise<number> {
  return new Promise((resolve, reject) => {
    let answers = 0;
    let held: Buffer = Buffer.alloc(0);
    const socket = connect({ host: '127.0.0.1', port, noDelay: true }, () => socket.write(request));
    socket.on('data', (chunk: Buffer) => {
      held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
      const sizeBytes = answerSizeBytes(held);
      if (sizeBytes === null || held.length < sizeBytes) return;
      if (!held.subarray(0, 12).equals(Buffer.from('HTTP/1.1 200'))) {
        reject(new Error(held.toString('utf8', 0, 300)));
        socket.destroy();
        return;
      }
      held = held.subarray(sizeBytes);
      answers += 1;
      if (performance.now() < endsAtMs) socket.write(request);
      else {
        resolve(answers);
        socket.destroy();
      }
    });
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('the server closed the connection')));
  });
}

/** Head and body together; null while the head is incomplete. */
function answerSizeBytes(held: Buffer): number | null {
  const end = held.indexOf(HEADERS_END);
  if (end < 0) return null;
  const length = /content-length: (\d+)/i.exec(held.toString('latin1', 0, end))?.[1];
  if (length === undefined) throw new Error('an answer without Content-Length');
  return end + HEADERS_END.length + Number(length);
}

if (import.meta.main) {
  process.stdout.write(String(await loop(JSON.parse(process.argv[2] ?? '') as Load)));
}
