/** Where and why a text is not the JSON we take. Lines and columns count from 1. */
export interface JsonFault {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export interface JsonScan {
  readonly fault: JsonFault | null;
  /** The line of a top field or a score, by its path ("scores.integration"); null for others. */
  readonly lineOf: (path: string) => number | null;
}

/** Reports are flat; what nests deeper is made to exhaust a parser (reliability row 22). */
const DEEPEST = 32;
/** Messages name fields of the report and of its scores; the places of others are not kept. */
type Level = 'report' | 'scores' | 'deeper';

interface Frame {
  readonly isObject: boolean;
  readonly level: Level;
  index: number;
}

/**
 * Checks a text before `JSON.parse`: one pass, no recursion. Finds what `JSON.parse` lets through (a field
 * given twice, numbers too large to hold, endless nesting) and says where in words a person can use.
 */
export function scanJson(text: string): JsonScan {
  const scanner = new Scanner(text);
  const lineOf = (path: string): number | null => {
    const name = path.startsWith('scores.') ? path.slice('scores.'.length) : null;
    const at = name === null ? scanner.places.report.get(path) : scanner.places.scores.get(name);
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
  private readonly numbers = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])/y;
  private readonly words = /(?:true|false|null)(?!\w)/y;

  /** Where each named field begins, by its name. */
  readonly places = { report: new Map<string, number>(), scores: new Map<string, number>() };

  constructor(text: string) {
    this.text = text;
  }

  run(): void {
    this.space();
    if (this.at === this.text.length) throw new Fault(0, 'the file is empty');
    this.value('report');
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
    const level = frame.isObject ? this.key(frame) : 'deeper';
    frame.index += 1;
    this.value(level);
  }

  /** Reads a field's name and says what its value would be to us. */
  private key(frame: Frame): Level {
    const start = this.at;
    if (this.text[this.at] !== '"') throw this.unexpected('a field name in double quotes');
    const name = this.string();
    this.space();
    if (this.text[this.at] !== ':') throw this.unexpected('":"');
    this.at += 1;
    if (frame.level === 'deeper') return 'deeper';
    const places = this.places[frame.level];
    if (places.has(name)) throw new Fault(start, `"${name.slice(0, 80)}" is given twice`);
    places.set(name, start);
    return frame.level === 'report' && name === 'scores' ? 'scores' : 'deeper';
  }

  private value(level: Level): void {
    this.space();
    const first = this.text[this.at];
    if (first === '{' || first === '[') {
      this.open(first === '{', level);
      return;
    }
    if (first === '"') {
      this.string();
      return;
    }
    const number = this.matched(this.numbers);
    if (number !== null) {
      if (!Number.isFinite(Number(number)))
        throw new Fault(this.at - number.length, `${number.slice(0, 40)} is too large a number`);
      return;
    }
    if (this.matched(this.words) === null) throw this.unexpected('a value');
  }

  private open(isObject: boolean, level: Level): void {
    if (this.frames.length >= DEEPEST) throw new Fault(this.at, `nests deeper than ${DEEPEST} levels`);
    this.at += 1;
    this.frames.push({ isObject, level, index: 0 });
  }

  private close(): void {
    this.at += 1;
    this.frames.pop();
  }

  /** By hand: a pattern over a text of a megabyte would run out of stack. */
  private string(): string {
    const start = this.at;
    let isEscaped = false;
    for (let i = start + 1; i < this.text.length; i += 1) {
      const code = this.text.charCodeAt(i);
      if (code === 0x22) {
        this.at = i + 1;
        return isEscaped ? this.unescaped(start) : this.text.slice(start + 1, i);
      }
      if (code < 0x20) throw new Fault(i, 'a text holds a line break or a control character');
      if (code === 0x5c) {
        isEscaped = true;
        i += 1;
      }
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
    for (let code = this.text.charCodeAt(this.at); isSpace(code); code = this.text.charCodeAt(this.at))
      this.at += 1;
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

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
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
