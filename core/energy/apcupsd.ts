import type { UpsReading } from '../../shared/contract/energy.ts';
import { upsFromApcaccess } from '../../shared/energy/ups-apcaccess.ts';
import type { Clock } from '../clock.ts';
import { parseUpsAddress } from './ups-address.ts';
import type { UpsAddress } from './ups-address.ts';
import { readLinkOnce } from './ups-link.ts';
import type { ReadOnceOptions, UpsAnswer, UpsLink } from './ups-link.ts';
import { UpsProblem, quotedText } from './ups-problem.ts';
import { openUpsSocket } from './ups-socket.ts';
import type { UpsSocket } from './ups-socket.ts';

/** Port of apcupsd's network information server (NIS). */
export const APCUPSD_PORT = 3551;
const MAX_RECORD_BYTES = 4096;
const MAX_RECORDS = 500;
const REQUEST = '\x00\x06status';

/**
 * apcupsd's network information server: records of a two-byte big-endian length and text, ended by a zero
 * length; the one request is "status". One server tells of one UPS, which is always called "apcupsd@HOST": the
 * UPSNAME it gives comes and goes with the line to the UPS.
 *
 * @throws UpsProblem when `address` is none
 */
export function apcupsdLink(address: string, clock: Clock): UpsLink {
  const place = parseUpsAddress(address, APCUPSD_PORT);
  return {
    source: 'apcupsd',
    address: place.full,
    standInName: `apcupsd@${place.label}`,
    async open(timeoutMs) {
      const socket = await openUpsSocket(place, clock, timeoutMs);
      return {
        close: () => socket.close(),
        async read(readTimeoutMs) {
          const stop = socket.allow(readTimeoutMs);
          try {
            return [answerFrom(await readRecords(socket, place), place)];
          } finally {
            stop();
          }
        },
      };
    },
  };
}

/** Reads apcupsd's UPS once; see `readLinkOnce` for what happens when it cannot be read. */
export function readApcupsdOnce(address: string, options: ReadOnceOptions): Promise<UpsReading[]> {
  return readLinkOnce(apcupsdLink(address, options.clock), options);
}

async function readRecords(socket: UpsSocket, place: UpsAddress): Promise<string> {
  socket.send(REQUEST);
  let bytes = Buffer.alloc(0);
  const take = async (count: number): Promise<Buffer> => {
    while (bytes.length < count) bytes = Buffer.concat([bytes, await socket.receive()]);
    const taken = bytes.subarray(0, count);
    bytes = bytes.subarray(count);
    return taken;
  };
  const records: string[] = [];
  for (;;) {
    const length = (await take(2)).readUInt16BE();
    if (length === 0) return records.join('');
    if (length > MAX_RECORD_BYTES) {
      throw new UpsProblem('garbled', `${place.full} sent a record of ${length} bytes; it may be no apcupsd`);
    }
    if (records.length >= MAX_RECORDS) {
      throw new UpsProblem('garbled', `${place.full} sent more than ${MAX_RECORDS} records`);
    }
    const text = (await take(length)).toString('utf8').replace(/(?![\r\n])\p{Cc}/gu, '\ufffd');
    records.push(text.endsWith('\n') ? text : `${text}\n`);
  }
}

function answerFrom(text: string, place: UpsAddress): UpsAnswer {
  const facts = upsFromApcaccess(text);
  if (facts === null) {
    throw new UpsProblem('garbled', `${place.full} answered ${quotedText(text.trim())}, which is no status`);
  }
  return {
    name: `apcupsd@${place.label}`,
    facts,
    problem: facts.commLost ? 'apcupsd has lost the line to its UPS (COMMLOST): its values are old' : null,
    commLost: facts.commLost,
  };
}
