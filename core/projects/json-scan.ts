/** Where and why a text is not the JSON we take. Lines and columns count from 1. */
export interface JsonFault {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export interface JsonScan {
  readonly fault: JsonFault | null;
  /** The line a field stands on, by its path ("scores.integration"); null for fields deeper than three. */
  readonly lineOf: (path: string) => number | null;
}

/** Reports are flat; what nests deeper is made to exhaust a parser (reliability row 22). */
const DEEPEST = 32;
/** Deeper fields are never named in a message, so their places are not kept. */
const REMEMBERED_DEPTH = 3;

interface Frame {
  readonly isObject: boolean;
  readonly path: string;
  readonly keys: Set<string>;
  index: number;
}

/**
 * Checks a text before `JSON.parse`: one pass, no recursion. Finds what `JSON.parse` lets through (a field
 * given twice, numbers too large to hold, endless nesting) and says where in words a person can use.
 */
export function scanJson(text: string): JsonScan {
  const places = new Map<string, number>();
  const scanner = new Scanner(text, places);
  const lineOf = (path: string): number | null => {
    const at = places.get(path);
    return at === undefined ? null : position(text, at).line;
  };
  try {
    scanner.run();
    return { fault: null, lineOf };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { fault: { ...position(text, error.at), message: error.message }, lineOf };
  }
}

class Fault extends Error {
  readonly at: number;

  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}

class Scanner {
  private at = 0;
  private readonly frames: Frame[] = [];
  private readonly text: string;
  private readonly places: Map<string, number>;

  constructor(text: string, places: Map<string, number>) {
    this.text = text;
    this.places = places;
  }

  run(): void {
    this.space();
    if (this.at === this.text.length) throw new Fault(0, 'the file is empty');
    this.value('');
    while (this.frames.length > 0) this.member();
    this.space();
    if (this.at < this.text.length) throw new Fault(this.at, `${this.seen()} follows after the end`);
  }

  /** One member of the innermost object or array, or its end. */
  private member(): void {
    const frame = this.frames.at(-1);
    if (frame === undefined) return;
    this.space();
    const end = frame.isObject ? '}' : ']';
    if (this.text[this.at] === end && frame.index === 0) {
      this.close();
      return;
    }
    if (frame.index > 0) {
      if (this.text[this.at] === end) {
        this.close();
        return;
      }
      if (this.text[this.at] !== ',') throw this.unexpected(`"," or "${end}"`);
      this.at += 1;
      this.space();
    }
    const path = frame.isObject ? this.key(frame) : `${frame.path}[${frame.index}]`;
    frame.index += 1;
    this.value(path);
  }

  private key(frame: Frame): string {
    const start = this.at;
    if (this.text[this.at] !== '"') throw this.unexpected('a field name in double quotes');
    const name = this.string();
    this.space();
    if (this.text[this.at] !== ':') throw this.unexpected('":"');
    this.at += 1;
    const path = frame.path === '' ? name : `${frame.path}.${name}`;
    if (this.frames.length <= REMEMBERED_DEPTH) {
      if (frame.keys.has(name)) throw new Fault(start, `"${name.slice(0, 80)}" is given twice`);
      frame.keys.add(name);
      this.places.set(path, start);
    }
    return path;
  }

  private value(path: string): void {
    this.space();
    const first = this.text[this.at];
    if (first === '{' || first === '[') {
      this.open(first === '{', path);
      return;
    }
    if (first === '"') {
      this.string();
      return;
    }
    const number = this.matched(/-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])/y);
    if (number !== null) {
      if (!Number.isFinite(Number(number)))
        throw new Fault(this.at - number.length, `${number.slice(0, 40)} is too large a number`);
      return;
    }
    if (this.matched(/(?:true|false|null)(?!\w)/y) === null) throw this.unexpected('a value');
  }

  private open(isObject: boolean, path: string): void {
    if (this.frames.length >= DEEPEST) throw new Fault(this.at, `nests deeper than ${DEEPEST} levels`);
    this.at += 1;
    this.frames.push({ isObject, path, keys: new Set(), index: 0 });
  }

  private close(): void {
    this.at += 1;
    this.frames.pop();
  }

  /** By hand: a pattern over a text of a megabyte would run out of stack. */
  private string(): string {
    const start = this.at;
    for (let i = start + 1; i < this.text.length; i += 1) {
      const code = this.text.charCodeAt(i);
      if (code === 0x22) {
        this.at = i + 1;
        return this.unescaped(start);
      }
      if (code < 0x20) throw new Fault(i, 'a text holds a line break or a control character');
      if (code === 0x5c) i += 1;
    }
    throw new Fault(start, 'the file ends inside a text');
  }

  private unescaped(start: number): string {
    try {
      return JSON.parse(this.text.slice(start, this.at)) as string;
    } catch {
      throw new Fault(start, 'a text holds a bad escape');
    }
  }

  private space(): void {
    this.matched(/[ \t\r\n]*/y);
  }

  private matched(pattern: RegExp): string | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? null;
    if (found !== null) this.at += found.length;
    return found;
  }

  private unexpected(wanted: string): Fault {
    const seen = this.at >= this.text.length ? 'the file ends' : `${this.seen()} stands`;
    return new Fault(this.at, `${seen} where ${wanted} is expected`);
  }

  private seen(): string {
    const word = /[\w.+-]+|[^]/uy;
    word.lastIndex = this.at;
    return `"${(word.exec(this.text)?.[0] ?? '').slice(0, 40)}"`;
  }
}

function position(text: string, at: number): { readonly line: number; readonly column: number } {
  let line = 1;
  let lineStart = 0;
  for (let next = text.indexOf('\n'); next !== -1 && next < at; next = text.indexOf('\n', next + 1)) {
    line += 1;
    lineStart = next + 1;
  }
  return { line, column: at - lineStart + 1 };
}
