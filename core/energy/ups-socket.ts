import { connect, isIP } from 'node:net';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

import type { Clock } from '../clock.ts';
import type { UpsAddress } from './ups-address.ts';
import { UpsProblem } from './ups-problem.ts';

/**
 * One TCP connection that is read by asking for more. Every failure is a `UpsProblem` with its exact cause,
 * and ends the connection: a daemon that broke the rules once is not asked again on the same line.
 */
export interface UpsSocket {
  send(text: string): void;
  /** The next bytes. @throws UpsProblem */
  receive(): Promise<Buffer>;
  /** From now on until the returned function is called, `timeoutMs` may pass in all; then the line is cut. */
  allow(timeoutMs: number): () => void;
  /** Encrypts the line. With `caPem` the server must prove its name; without, any certificate will do. */
  startTls(caPem: string | null): Promise<void>;
  close(): void;
}

/** Opens a connection. @throws UpsProblem after `timeoutMs` at the latest */
export async function openUpsSocket(
  address: UpsAddress,
  clock: Clock,
  timeoutMs: number,
): Promise<UpsSocket> {
  let failure: UpsProblem | null = null;
  let wake: () => void = () => undefined;
  let socket: Socket = connect({ host: address.host, port: address.port });

  const happened = () => new Promise<void>((resolve) => (wake = resolve));
  const fail = (problem: UpsProblem) => {
    failure ??= problem;
    wake();
  };
  const cut = (problem: UpsProblem) => {
    fail(problem);
    socket.destroy();
  };
  const attach = (phase: string) => {
    const closed = () => fail(new UpsProblem('closed', `${address.full} closed the connection`));
    socket.on('readable', () => wake());
    socket.on('end', closed);
    socket.on('close', closed);
    socket.on('error', (error: SocketError) => cut(causeOf(error, address, phase)));
  };
  const until = async (event: 'connect' | 'secureConnect') => {
    let done = false;
    socket.once(event, () => {
      done = true;
      wake();
    });
    while (!done) {
      await happened();
      if (failure !== null) throw failure;
    }
  };
  const allow = (ms: number) =>
    clock.after(ms, () =>
      cut(new UpsProblem('silent', `${address.full} did not answer within ${Math.round(ms / 100) / 10} s`)),
    );

  attach('connect');
  const stop = allow(timeoutMs);
  try {
    await until('connect');
  } finally {
    stop();
  }
  socket.setNoDelay(true);

  return {
    send(text) {
      if (failure === null) socket.write(text, 'latin1');
    },
    async receive() {
      for (;;) {
        const bytes = socket.read() as Buffer | null;
        if (bytes !== null) return bytes;
        if (failure !== null) throw failure;
        await happened();
      }
    },
    allow,
    async startTls(caPem) {
      const plain = socket;
      if (plain.read() !== null) {
        const problem = new UpsProblem('tls', `${address.full} sent data before the encryption began`);
        cut(problem);
        throw problem;
      }
      for (const event of ['readable', 'end', 'close', 'error']) plain.removeAllListeners(event);
      plain.on('error', (error: SocketError) => cut(causeOf(error, address, 'tls')));
      socket = connectTls({
        socket: plain,
        host: address.host,
        ...(isIP(address.host) === 0 ? { servername: address.host } : {}),
        ...(caPem === null ? { rejectUnauthorized: false } : { ca: caPem }),
      });
      attach('tls');
      await until('secureConnect');
    },
    close() {
      fail(new UpsProblem('closed', 'closed by us'));
      socket.destroy();
    },
  };
}

/** OpenSSL's errors carry a short `reason` beside their long message. */
type SocketError = NodeJS.ErrnoException & { readonly reason?: string };

const CAUSES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens at',
  ENOTFOUND: 'no machine of this name is known:',
  EAI_AGAIN: 'the name cannot be looked up now:',
  EHOSTUNREACH: 'no way leads to',
  ENETUNREACH: 'no way leads to',
  ETIMEDOUT: 'no answer from',
  ECONNRESET: 'the connection was cut by',
  EPIPE: 'the connection was cut by',
};

function causeOf(error: SocketError, address: UpsAddress, phase: string): UpsProblem {
  const code = error.code ?? 'unknown error';
  if (phase === 'tls' && CAUSES[code] === undefined) {
    return new UpsProblem(
      'tls',
      `no encrypted connection with ${address.full}: ${error.reason ?? error.message}`,
    );
  }
  const cause = CAUSES[code] ?? 'no connection with';
  const kind = code === 'ECONNRESET' || code === 'EPIPE' ? 'closed' : 'refused';
  return new UpsProblem(kind, `${cause} ${address.full}: ${code}`);
}
