import { setImmediate as turn } from 'node:timers/promises';

/** Work on a large text that stops at each `yield`, so that the loop can do something else in between. */
export type Sliced<T> = Generator<void, T>;

/** Runs it to its end, letting the event loop turn at every stop. Throws what the work throws. */
export async function inSlices<T>(work: Sliced<T>): Promise<T> {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    await turn();
  }
}

/** The lines of a text with their numbers from 1, without their ends; made one by one. */
export function* linesOf(text: string): Generator<readonly [line: string, number: number], void> {
  let start = 0;
  for (let number = 1; start <= text.length; number += 1) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    const isCrLf = end > start && text.charCodeAt(end - 1) === 0x0d;
    if (start < text.length) yield [text.slice(start, isCrLf ? end - 1 : end), number];
    start = end + 1;
  }
}
