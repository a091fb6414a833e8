/**
 * The small part of the D-Bus wire format the shell needs (D-Bus Specification, "Message Format"): calls whose
 * arguments are all strings, and answers made of strings, booleans and numbers.
 */

export interface BusCall {
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly destination: string;
  readonly args: readonly string[];
}

export interface BusMessage {
  readonly type: 'call' | 'reply' | 'error' | 'signal';
  readonly replySerial: number | null;
  readonly member: string | null;
  /** Empty when the body holds a type this reader does not know. */
  readonly args: readonly (string | number | boolean)[];
}

const TYPES = ['call', 'reply', 'error', 'signal'] as const;
const FIELD = { path: 1, interface: 2, member: 3, replySerial: 5, destination: 6, signature: 8 } as const;
/** The specification's own limit of a message. */
const MAX_MESSAGE_BYTES = 128 * 1024 * 1024;

/** One method call, little-endian. `serial` must be new on this connection and not zero. */
export function encodeBusCall(call: BusCall, serial: number): Buffer {
  const body = new BusWriter();
  for (const arg of call.args) body.string(arg);
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
  if (call.args.length > 0) field(FIELD.signature, 'g', 's'.repeat(call.args.length));
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
  const bodyStart = aligned(fieldsEnd, 8);
  const sizeBytes = bodyStart + bodyBytes;
  if (sizeBytes > MAX_MESSAGE_BYTES) throw new Error('The session bus sent a message over 128 MB.');
  if (bytes.length < sizeBytes) return null;

  const fields = new Map<number, string | number>();
  while (reader.at < fieldsEnd) {
    reader.align(8);
    const code = reader.byte();
    const type = reader.signature();
    const value = reader.value(type);
    if (value === null) break;
    fields.set(code, typeof value === 'boolean' ? 0 : value);
  }
  const member = fields.get(FIELD.member);
  const replySerial = fields.get(FIELD.replySerial);
  return {
    sizeBytes,
    message: {
      type: TYPES[(bytes[1] ?? 0) - 1] ?? 'error',
      member: typeof member === 'string' ? member : null,
      replySerial: typeof replySerial === 'number' ? replySerial : null,
      args: bodyArgs(new BusReader(bytes, isLittle, bodyStart), String(fields.get(FIELD.signature) ?? '')),
    },
  };
}

function bodyArgs(reader: BusReader, signature: string): readonly (string | number | boolean)[] {
  const args: (string | number | boolean)[] = [];
  for (const type of signature) {
    const value = reader.value(type);
    if (value === null) return [];
    args.push(value);
  }
  return args;
}

function aligned(offset: number, step: number): number {
  return Math.ceil(offset / step) * step;
}

class BusWriter {
  private parts: number[] = [];
  get length(): number {
    return this.parts.length;
  }
  content(): Buffer {
    return Buffer.from(this.parts);
  }
  align(step: number): this {
    while (this.parts.length % step !== 0) this.parts.push(0);
    return this;
  }
  bytes(values: Iterable<number>): this {
    for (const value of values) this.parts.push(value);
    return this;
  }
  uint32(value: number): this {
    return this.align(4).bytes([value & 255, (value >> 8) & 255, (value >> 16) & 255, (value >>> 24) & 255]);
  }
  string(text: string): this {
    const utf8 = Buffer.from(text, 'utf8');
    return this.uint32(utf8.length).bytes(utf8).bytes([0]);
  }
  signature(text: string): this {
    return this.bytes([text.length]).bytes(Buffer.from(text, 'latin1')).bytes([0]);
  }
}

class BusReader {
  at: number;
  private readonly bytes: Buffer;
  private readonly isLittle: boolean;
  constructor(bytes: Buffer, isLittle: boolean, at: number) {
    this.bytes = bytes;
    this.isLittle = isLittle;
    this.at = at;
  }
  align(step: number): void {
    this.at = aligned(this.at, step);
  }
  byte(): number {
    return this.bytes.readUInt8(this.at++);
  }
  uint32(): number {
    this.align(4);
    const value = this.isLittle ? this.bytes.readUInt32LE(this.at) : this.bytes.readUInt32BE(this.at);
    this.at += 4;
    return value;
  }
  signature(): string {
    return this.text(this.byte());
  }
  /** Null for a type that is not read here. */
  value(type: string): string | number | boolean | null {
    if (type === 's' || type === 'o') return this.text(this.uint32());
    if (type === 'g') return this.signature();
    if (type === 'u') return this.uint32();
    if (type === 'b') return this.uint32() !== 0;
    return null;
  }
  private text(sizeBytes: number): string {
    const text = this.bytes.toString('utf8', this.at, this.at + sizeBytes);
    this.at += sizeBytes + 1;
    return text;
  }
}
