import { UpsProblem, quotedText } from './ups-problem.ts';

/** Where a UPS daemon listens. */
export interface UpsAddress {
  readonly host: string;
  readonly port: number;
  /** "HOST", or "HOST:PORT" where the port is not the daemon's usual one: the part after "@" in a name. */
  readonly label: string;
  /** "HOST:PORT" always, for messages. */
  readonly full: string;
}

/**
 * Reads HOST, HOST:PORT, [IPV6] or [IPV6]:PORT.
 *
 * @throws UpsProblem of kind `address`
 */
export function parseUpsAddress(text: string, defaultPort: number): UpsAddress {
  const match = /^(?:\[([0-9a-f:.%]+)\]|([^\s:[\]/@]+))(?::(\d{1,5}))?$/i.exec(text.trim());
  const host = match?.[1] ?? match?.[2];
  const port = match?.[3] === undefined ? defaultPort : Number(match[3]);
  if (host === undefined || port < 1 || port > 65535) {
    throw new UpsProblem('address', `${quotedText(text)} is no address: give HOST or HOST:PORT`);
  }
  const shown = host.includes(':') ? `[${host}]` : host;
  return {
    host,
    port,
    label: port === defaultPort ? shown : `${shown}:${port}`,
    full: `${shown}:${port}`,
  };
}

/** Whether what is sent there never leaves this machine. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}
