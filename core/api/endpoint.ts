import type { EndpointFile } from '../../shared/contract/endpoint-file.ts';
import { isoNow, type Clock } from '../clock.ts';
import { writeFileAtomic } from '../atomic-file.ts';
import { removeEndpointFile } from '../endpoint-file.ts';
import type { Places } from '../places.ts';
import type { CoreDoor } from './core-door.ts';
import { createCredentials } from './credentials.ts';
import { createEventStream, type EventName } from './event-stream.ts';
import { listenSocket, listenTcp, LOOPBACK } from './listen.ts';
import { pageFiles } from './page-files.ts';
import { buildServer } from './server.ts';

export interface EndpointParts {
  readonly clock: Clock;
  readonly places: Places;
  readonly pageDir: string;
  /** 0 for any free port. */
  readonly wantedPort: number;
  readonly door: Omit<CoreDoor, 'issueCode' | 'tradeCode'>;
  readonly onFault: (error: unknown) => void;
}

export interface Endpoint {
  readonly file: EndpointFile;
  /** True when the wanted port was taken by another program. */
  readonly moved: boolean;
  /** A link that signs one page in, once. */
  signInUrl(): string;
  /** @param json asked for when somebody reads it */
  publish(name: EventName, json: () => string): void;
  /** Whether a desktop shell listens to the events. */
  hasShell(): boolean;
  close(): Promise<void>;
}

/** Opens the door: TCP on loopback, the unix socket, and endpoint.json that tells where both are. */
export async function openEndpoint(parts: EndpointParts): Promise<Endpoint> {
  const { clock, places } = parts;
  const credentials = createCredentials(clock);
  const events = createEventStream(clock);
  let host = '';
  const issueCode = (): { code: string; url: string; expiresAt: string } => {
    const issued = credentials.issueCode();
    return { ...issued, url: `http://${host}/#code=${issued.code}` };
  };
  const server = buildServer({
    door: { ...parts.door, issueCode, tradeCode: (code) => credentials.trade(code) },
    clock,
    events,
    page: pageFiles(parts.pageDir),
    accepts: (authorization) => credentials.accepts(authorization),
    host: () => host,
    onFault: parts.onFault,
  });
  await server.app.ready();
  const listening = await listenTcp(server.tcp, parts.wantedPort);
  host = `${LOOPBACK}:${listening.port}`;
  const hasSocket = await listenSocket(server.socket, places.socketPath).then(
    () => true,
    (error: unknown) => {
      parts.onFault(error);
      return false;
    },
  );
  const file: EndpointFile = {
    url: `http://${host}`,
    socket: hasSocket ? places.socketPath : null,
    token: credentials.token,
    pid: process.pid,
    startedAt: isoNow(clock),
    version: parts.door.version,
  };
  // A new 0600 inode each time, so that the mode of an old file never stays.
  await writeFileAtomic(places.endpointPath, `${JSON.stringify(file, null, 1)}\n`);

  return {
    file,
    moved: listening.moved,
    signInUrl: () => issueCode().url,
    publish: (name, json) => events.publish(name, json),
    hasShell: () => events.hasShell(),
    async close() {
      events.close();
      removeEndpointFile(places.endpointPath, file.token);
      server.socket.closeAllConnections();
      await new Promise<void>((resolve) => server.socket.close(() => resolve()));
      server.tcp.closeAllConnections();
      await server.app.close();
      await new Promise<void>((resolve) => server.tcp.close(() => resolve()));
    },
  };
}
