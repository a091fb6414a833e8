import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

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
  const child: ChildProcess = spawn(process.execPath, [join(import.meta.dirname, 'bare-http.mjs')], {
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
