import { unlink } from 'node:fs/promises';
import { connect, type Server } from 'node:net';

export interface Listening {
  readonly port: number;
  /** True when the wanted port belonged to another program and a free one was taken instead. */
  readonly moved: boolean;
}

/** Loopback only, and always by this literal: `localhost` may lead to somebody else on ::1. */
export const LOOPBACK = '127.0.0.1';

/** Listens on 127.0.0.1 at the port wanted, or at any free one when it is taken (3-contract, ORCH_PORT). */
export async function listenTcp(server: Server, wantedPort: number): Promise<Listening> {
  try {
    return { port: await listenAt(server, wantedPort), moved: false };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    return { port: await listenAt(server, 0), moved: true };
  }
}

async function listenAt(server: Server, port: number): Promise<number> {
  await listening(server, () => server.listen({ host: LOOPBACK, port, exclusive: true }));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no TCP address.');
  return address.port;
}

/**
 * Listens on the unix socket, replacing one that a dead core left. The caller holds the instance lock and the
 * folder is 0700, so nobody else can be behind it.
 */
export async function listenSocket(server: Server, socketPath: string): Promise<void> {
  if (!socketPath.startsWith('\\\\') && !(await answers(socketPath)))
    await unlink(socketPath).catch(() => undefined);
  await listening(server, () => server.listen({ path: socketPath }));
}

async function listening(server: Server, start: () => void): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.once('listening', () => {
      server.off('error', reject);
      resolve();
    });
    start();
  });
}

async function answers(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(socketPath);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
