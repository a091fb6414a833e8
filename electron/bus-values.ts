/**
 * Values of the D-Bus wire format (D-Bus Specification, "Marshalling"), as far as the shell needs them: writing
 * s o g u i b y, arrays of them and a{sv}; reading the same and v.
 */
export type BusValue = string | number | boolean | readonly BusValue[] | BusVariant;

/** A value that carries its own type; in an a{sv} each entry is `[key, variant]`. */
export interface BusVariant {
  readonly type: string;
  readonly value: BusValue;
}

/** Values inside values, as deep as anything real goes. */
const MAX_DEPTH = 16;

/** "susa{sv}" as its single types: "s", "u", "s", "a{sv}". Throws on what does not end. */
export function singleTypes(signature: string): readonly string[] {
  const types: string[] = [];
  for (let at = 0; at < signature.length;) {
    const end = typeEnd(signature, at);
    types.push(signature.slice(at, end));
    at = end;
  }
  return types;
}

function typeEnd(signature: string, at: number): number {
  const first = signature[at];
  if (first === undefined) throw new Error('The session bus sent a type that does not end.');
  if (first === 'a') return typeEnd(signature, at + 1);
  if (first !== '{' && first !== '(') return at + 1;
  const closing = first === '{' ? '}' : ')';
  let next = at + 1;
  while (signature[next] !== closing) next = typeEnd(signature, next);
  return next + 1;
}

function alignmentOf(type: string): number {
  if ('{('.includes(type.charAt(0)) || 'xtd'.includes(type)) return 8;
  return 'ygv'.includes(type.charAt(0)) ? 1 : 4;
}

function aligned(offset: number, step: number): number {
  return Math.ceil(offset / step) * step;
}

export class BusWriter {
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
  /** Throws on a type that is not written here. */
  value(type: string, value: BusValue): this {
    if (type === 's' || type === 'o') return this.string(typeof value === 'string' ? value : '');
    if (type === 'u' || type === 'i') return this.uint32(Number(value));
    if (type === 'b') return this.uint32(value === true ? 1 : 0);
    if (type === 'y') return this.bytes([Number(value) & 255]);
    if (type === 'v') {
      const variant = value as BusVariant;
      return this.signature(variant.type).value(variant.type, variant.value);
    }
    if (type === '{sv}') {
      const [key, variant] = value as readonly BusValue[];
      return this.align(8)
        .value('s', key ?? '')
        .value('v', variant ?? '');
    }
    if (type.startsWith('a')) return this.array(type.slice(1), value as readonly BusValue[]);
    throw new Error(`The type "${type}" is not written here.`);
  }
  /** The length leaves out the padding before the first element. */
  private array(type: string, values: readonly BusValue[]): this {
    this.uint32(0);
    const lengthAt = this.parts.length - 4;
    this.align(alignmentOf(type));
    const startsAt = this.parts.length;
    for (const value of values) this.value(type, value);
    const length = this.parts.length - startsAt;
    for (let byte = 0; byte < 4; byte += 1) this.parts[lengthAt + byte] = (length >>> (8 * byte)) & 255;
    return this;
  }
}

export class BusReader {
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
  /** Null for a type that is not read here. A variant gives what it holds. */
  value(type: string, depth = 0): Exclude<BusValue, BusVariant> | null {
    if (depth > MAX_DEPTH) return null;
    if (type === 's' || type === 'o') return this.text(this.uint32());
    if (type === 'g') return this.signature();
    if (type === 'u') return this.uint32();
    if (type === 'i') return this.uint32() | 0;
    if (type === 'y') return this.byte();
    if (type === 'b') return this.uint32() !== 0;
    if (type === 'v') return this.value(this.signature(), depth + 1);
    if (type.startsWith('a')) return this.array(type.slice(1), depth);
    return null;
  }
  private array(type: string, depth: number): readonly BusValue[] | null {
    const sizeBytes = this.uint32();
    this.align(alignmentOf(type));
    const end = this.at + sizeBytes;
    const values: BusValue[] = [];
    while (this.at < end) {
      const value = this.value(type, depth + 1);
      if (value === null) return null;
      values.push(value);
    }
    return values;
  }
  private text(sizeBytes: number): string {
    const text = this.bytes.toString('utf8', this.at, this.at + sizeBytes);
    this.at += sizeBytes + 1;
    return text;
  }
}
