import { nutRefusal } from '../../shared/energy/ups-nut-error.ts';
import type { NutRefusal } from '../../shared/energy/ups-nut-error.ts';
import { nutWord, parseNutLine } from '../../shared/energy/ups-nut-line.ts';
import { UpsProblem, quotedText } from './ups-problem.ts';
import type { UpsSocket } from './ups-socket.ts';

/** A line holds at most this much; NUT's own server cuts its answers at 1,024 bytes. */
export const MAX_LINE_BYTES = 4096;

/** What a request came to: its lines (without BEGIN and END), or the server's refusal. */
export type NutAnswer =
  | { readonly lines: readonly (readonly string[])[]; readonly refusal: null }
  | { readonly lines: null; readonly refusal: NutRefusal };

/**
 * A server sends a value's name as its driver made it, quotes and all: what follows cannot be split then, and no
 * name that anybody reads holds a quote.
 */
const STRANGE_NAME = /^VAR \S+ [^\s"]*"[^\s"]* /;

/** Questions and answers in NUT's text protocol. Words are bytes as latin1, so that names come back unchanged. */
export interface NutConversation {
  /** Sends a command that is answered by one line; null when that line begins with OK. */
  command(...words: string[]): Promise<NutRefusal | null>;
  /** Sends `LIST words...`; at most `maxLines` lines are taken. */
  list(maxLines: number, ...words: string[]): Promise<NutAnswer>;
  /** Throws when the server said more than it was asked. */
  expectNothingMore(): void;
}

/** Every method throws UpsProblem when the other side breaks the protocol or the line breaks. */
export function createNutConversation(socket: UpsSocket): NutConversation {
  let pending = '';

  const nextLine = async (): Promise<string> => {
    for (;;) {
      const end = pending.indexOf('\n');
      if (end > MAX_LINE_BYTES || (end < 0 && pending.length > MAX_LINE_BYTES)) {
        throw new UpsProblem('garbled', `the server sent a line of more than ${MAX_LINE_BYTES} bytes`);
      }
      if (end >= 0) {
        const line = pending.slice(0, end).replace(/\r$/, '');
        pending = pending.slice(end + 1);
        return line;
      }
      pending += (await socket.receive()).toString('latin1');
    }
  };

  const wordsOf = (line: string): readonly string[] => {
    const parsed = parseNutLine(line);
    if (!parsed.ok) throw new UpsProblem('garbled', `the server sent ${quotedText(line)}: ${parsed.why}`);
    return parsed.words;
  };

  const nextWords = async () => wordsOf(await nextLine());

  const expectNothingMore = () => {
    if (pending !== '') {
      throw new UpsProblem('garbled', `the server sent ${quotedText(pending)} without being asked`);
    }
  };

  const send = (words: readonly string[]) => {
    expectNothingMore();
    socket.send(`${words.map(nutWord).join(' ')}\n`);
  };

  return {
    expectNothingMore,

    async command(...words) {
      send(words);
      const [first, code] = await nextWords();
      if (first === 'OK') return null;
      if (first === 'ERR') return nutRefusal(code ?? '');
      throw new UpsProblem('garbled', `the server answered ${quotedText(first ?? '')} to ${words[0] ?? ''}`);
    },

    async list(maxLines, ...words) {
      send(['LIST', ...words]);
      const begin = await nextWords();
      if (begin[0] === 'ERR') return { lines: null, refusal: nutRefusal(begin[1] ?? '') };
      const matches = (line: readonly string[], word: string) =>
        line.length === words.length + 2 &&
        [word, 'LIST', ...words].every((expected, index) => line[index] === expected);
      if (!matches(begin, 'BEGIN')) {
        throw new UpsProblem('garbled', `the server answered ${quotedText(begin.join(' '))} to LIST`);
      }
      const lines: (readonly string[])[] = [];
      for (let strange = 0; ;) {
        const text = await nextLine();
        if (STRANGE_NAME.test(text) && strange < maxLines) {
          strange += 1;
          continue;
        }
        const line = wordsOf(text);
        if (matches(line, 'END')) return { lines, refusal: null };
        // A driver may go away in the middle of its list.
        if (line[0] === 'ERR') return { lines: null, refusal: nutRefusal(line[1] ?? '') };
        if (lines.length >= maxLines) {
          throw new UpsProblem('garbled', `the server listed more than ${maxLines} entries`);
        }
        lines.push(line);
      }
    },
  };
}
