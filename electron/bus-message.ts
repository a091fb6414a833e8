/** The small part of the D-Bus wire format the shell needs (D-Bus Specification, "Message Format"). */
import { BusReader, BusWriter, singleTypes, type BusValue } from './bus-values.ts';

export interface BusCall {
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly destination: string;
  /** Types of the arguments; strings all of them when left out. */
  readonly signature?: string;
  readonly args: readonly BusValue[];
}

export interface BusMessage {
  readonly type: 'call' | 'reply' | 'error' | 'signal';
  readonly replySerial: number | null;
  readonly interface: string | null;
  readonly member: string | null;
  /** What kind of error an error is: "org.freedesktop.DBus.Error.ServiceUnknown". */
  readonly errorName: string | null;
  /** Empty when the body holds a type this reader does not know. */
  readonly args: readonly BusValue[];
}

const TYPES = ['call', 'reply', 'error', 'signal'] as const;
const FIELD = {
  path: 1,
  interface: 2,
  member: 3,
  errorName: 4,
  replySerial: 5,
  destination: 6,
  signature: 8,
} as const;
/** The specification's own limit of a message. */
const MAX_MESSAGE_BYTES = 128 * 1024 * 1024;

/** One method call, little-endian. `serial` must be new on this connection and not zero. */
export function encodeBusCall(call: BusCall, serial: number): Buffer {
  const signature = call.signature ?? 's'.repeat(call.args.length);
  const body = new BusWriter();
  singleTypes(signature).forEach((type, index) => body.value(type, call.args[index] ?? ''));
  const head = new BusWriter();
  head.bytes([0x6c, 1, 0, 1]).uint32(body.length).uint32(serial);
  const fields = new BusWriter();
  const field = (code: number, type: string, text: string): void => {
    fields.align(8).bytes([code]).signature(type);
    if (type === 'g') fields.signature(text);
    else fields.string(text);
  };
  field(FIELD.path, 'o', call.path);
  field(FIELD.interface, 's', call.interface);
  field(FIELD.member, 's', call.member);
  field(FIELD.destination, 's', call.destination);
  if (signature !== '') field(FIELD.signature, 'g', signature);
  // The array of fields starts at 16, where their own alignment of 8 holds as well.
  head.uint32(fields.length).bytes(fields.content()).align(8);
  return Buffer.concat([head.content(), body.content()]);
}

/**
 * Takes the first whole message off `bytes`: null when more must come. Throws on what is not D-Bus; the
 * connection is of no use then.
 */
export function decodeBusMessage(bytes: Buffer): { message: BusMessage; sizeBytes: number } | null {
  if (bytes.length < 16) return null;
  const isLittle = bytes[0] === 0x6c;
  if (!isLittle && bytes[0] !== 0x42) throw new Error('The session bus sent something that is not D-Bus.');
  const reader = new BusReader(bytes, isLittle, 4);
  const bodyBytes = reader.uint32();
  reader.uint32();
  const fieldsEnd = reader.uint32() + 16;
  const bodyStart = Math.ceil(fieldsEnd / 8) * 8;
  const sizeBytes = bodyStart + bodyBytes;
  if (sizeBytes > MAX_MESSAGE_BYTES) throw new Error('The session bus sent a message over 128 MB.');
  if (bytes.length < sizeBytes) return null;

  const fields = new Map<number, BusValue>();
  while (reader.at < fieldsEnd) {
    reader.align(8);
    const code = reader.byte();
    const value = reader.value(reader.signature());
    if (value === null) break;
    fields.set(code, value);
  }
  const text = (code: number): string | null => {
    const value = fields.get(code);
    return typeof value === 'string' ? value : null;
  };
  const replySerial = fields.get(FIELD.replySerial);
  return {
    sizeBytes,
    message: {
      type: TYPES[(bytes[1] ?? 0) - 1] ?? 'error',
      interface: text(FIELD.interface),
      member: text(FIELD.member),
      errorName: text(FIELD.errorName),
      replySerial: typeof replySerial === 'number' ? replySerial : null,
      args: bodyArgs(new BusReader(bytes, isLittle, bodyStart), text(FIELD.signature) ?? ''),
    },
  };
}

function bodyArgs(reader: BusReader, signature: string): readonly BusValue[] {
  const args: BusValue[] = [];
  for (const type of singleTypes(signature)) {
    const value = reader.value(type);
    if (value === null) return [];
    args.push(value);
  }
  return args;
}
