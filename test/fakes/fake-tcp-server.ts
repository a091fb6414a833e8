import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** A TCP server on a free port of 127.0.0.1, whose every connection is a function's to play. */
export interface FakeTcpServer {
  /** "127.0.0.1:PORT". */
  readonly address: string;
  readonly port: number;
  /** How many connections were accepted so far. */
  connections(): number;
  /** Stops listening and cuts every connection. */
  close(): Promise<void>;
}

/** Starts one; `port` 0 takes any. */
export async function startFakeTcpServer(play: (socket: Socket) => void, port = 0): Promise<FakeTcpServer> {
  const open = new Set<Socket>();
  let accepted = 0;
  const server = createServer((socket) => {
    accepted += 1;
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => socket.destroy());
    play(socket);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const bound = (server.address() as AddressInfo).port;
  return {
    address: `127.0.0.1:${bound}`,
    port: bound,
    connections: () => accepted,
    async close() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
