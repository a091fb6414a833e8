import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';

/** What the bare server answers to everything. */
export interface CannedAnswer {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface BareServer {
  readonly port: number;
  readonly pid: number;
  stop(): Promise<void>;
}

/** `node:http` and nothing else, in a process of its own, on 127.0.0.1 at a free port. */
export async function startBareServer(answer: CannedAnswer): Promise<BareServer> {
  const child: ChildProcess = spawn(process.execPath, [import.meta.filename], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const exited = once(child, 'exit');
  child.send(answer);
  const [port] = (await once(child, 'message')) as [number];
  return {
    port,
    pid: child.pid ?? 0,
    async stop() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

if (import.meta.main) {
  const [answer] = (await once(process, 'message')) as [CannedAnswer];
  const body = Buffer.from(answer.body);
  const server = createServer((_request, response) => {
    response.writeHead(200, { ...answer.headers, 'content-length': body.length });
    response.end(body);
  });
  server.listen({ host: '127.0.0.1', port: 0 }, () => {
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    process.send?.(address.port);
    // The channel would keep this process busier than an idle server is.
    process.disconnect();
  });
}
