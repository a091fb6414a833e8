import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

import { startFakeTcpServer } from './fake-tcp-server.ts';
import type { FakeTcpServer } from './fake-tcp-server.ts';

export interface FakeNutScript {
  /** UPS name to its variables, or to the error that LIST VAR gets. May be changed while it serves. */
  ups: Record<string, Record<string, string> | { readonly err: string }>;
  /** Takes the place of the answer to a command; undefined leaves it, null answers nothing. */
  instead?: (line: string, socket: Socket) => string | null | undefined;
  /** Key and certificate in PEM: the server then offers STARTTLS. */
  tls?: { readonly key: string; readonly cert: string };
}

export interface FakeNutServer extends FakeTcpServer {
  /** Every line received, in order, over all connections; those over TLS begin with "tls:". */
  readonly received: readonly string[];
}

/** A NUT server that answers by the book except where the script says otherwise. */
export async function startFakeNutServer(script: FakeNutScript, port = 0): Promise<FakeNutServer> {
  const received: string[] = [];
  const serve = (socket: Socket, mark: string) => {
    let pending = '';
    const hear = (bytes: Buffer) => {
      pending += bytes.toString('latin1');
      for (let end = pending.indexOf('\n'); end >= 0; end = pending.indexOf('\n')) {
        const line = pending.slice(0, end);
        pending = pending.slice(end + 1);
        received.push(mark + line);
        const other = script.instead?.(line, socket);
        if (other === null) continue;
        if (other === undefined && line === 'STARTTLS' && script.tls !== undefined && mark === '') {
          socket.write('OK STARTTLS\n');
          socket.removeListener('data', hear);
          const secure = new TLSSocket(socket, { isServer: true, ...script.tls });
          secure.on('error', () => secure.destroy());
          serve(secure, 'tls:');
          return;
        }
        socket.write(other ?? answer(line, script), 'latin1');
      }
    };
    socket.on('data', hear);
  };
  const server = await startFakeTcpServer((socket) => serve(socket, ''), port);
  return { ...server, received };
}

function answer(line: string, script: FakeNutScript): string {
  const [command, what, ups] = line.split(' ');
  if (command === 'USERNAME' || command === 'PASSWORD') return 'OK\n';
  if (command === 'STARTTLS') return 'ERR FEATURE-NOT-CONFIGURED\n';
  if (line === 'LIST UPS') {
    const names = Object.keys(script.ups).map((name) => `UPS ${name} "Description unavailable"\n`);
    return `BEGIN LIST UPS\n${names.join('')}END LIST UPS\n`;
  }
  if (command === 'LIST' && what === 'VAR' && ups !== undefined) {
    const variables = script.ups[ups];
    if (variables === undefined) return 'ERR UNKNOWN-UPS\n';
    if (isError(variables)) return `ERR ${variables.err}\n`;
    const lines = Object.entries(variables).map(
      ([name, value]) => `VAR ${ups} ${name} "${value.replace(/["\\]/g, '\\$&')}"\n`,
    );
    return `BEGIN LIST VAR ${ups}\n${lines.join('')}END LIST VAR ${ups}\n`;
  }
  return 'ERR UNKNOWN-COMMAND\n';
}

function isError(
  entry: Record<string, string> | { readonly err: string },
): entry is { readonly err: string } {
  return typeof entry['err'] === 'string';
}
