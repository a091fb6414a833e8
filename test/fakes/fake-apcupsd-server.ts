import { startFakeTcpServer } from './fake-tcp-server.ts';
import type { FakeTcpServer } from './fake-tcp-server.ts';

export interface FakeApcupsdScript {
  /** The status text to serve, or the raw bytes in its place; null answers nothing. May be changed. */
  status: string | Buffer | null;
  /** Bytes sent at once; 0 sends all together. */
  chunkBytes?: number;
}

/** A network information server that serves a text in apcupsd's records. */
export function startFakeApcupsdServer(script: FakeApcupsdScript, port = 0): Promise<FakeTcpServer> {
  return startFakeTcpServer((socket) => {
    let heard = Buffer.alloc(0);
    socket.on('data', (bytes) => {
      heard = Buffer.concat([heard, bytes]);
      const request = Buffer.from('\x00\x06status');
      while (heard.subarray(0, request.length).equals(request)) {
        heard = heard.subarray(request.length);
        if (script.status === null) continue;
        const reply = typeof script.status === 'string' ? statusRecords(script.status) : script.status;
        const size =
          script.chunkBytes === undefined || script.chunkBytes === 0 ? reply.length : script.chunkBytes;
        for (let at = 0; at < reply.length; at += size) socket.write(reply.subarray(at, at + size));
      }
    });
  }, port);
}

/** A text as records: two-byte big-endian length and a line each, a zero length at the end. */
export function statusRecords(text: string): Buffer {
  const records = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const bytes = Buffer.from(`${line}\n`);
      const length = Buffer.alloc(2);
      length.writeUInt16BE(bytes.length);
      return Buffer.concat([length, bytes]);
    });
  return Buffer.concat([...records, Buffer.alloc(2)]);
}
