import { availableParallelism } from 'node:os';

import type { SupplyChoice } from './linux-power-supply.ts';
import type { SensorsRead } from './linux-sensors.ts';
import { packSensors, unpackSensors, type PackedSensors } from './packed-sensors.ts';

/** What the sensor thread is started with. */
export interface SensorThreadData {
  readonly sysfsDir: string;
  readonly choice: SupplyChoice;
  /** Of `createSensorChannel`. */
  readonly memory: SharedArrayBuffer;
}

export type SensorAnswer = { readonly read: SensorsRead } | { readonly error: string };

/** Sent once, as a message, when the thread can be asked. */
export const SENSORS_READY = 'ready';

/** The side that asks; one question at a time. */
export interface SensorAsker {
  /** One look, please; `leftOut` are folders that hung before. */
  ask(leftOut: readonly string[]): void;
  /** Whether the answer is there, or comes within `limitMs`, for which the calling thread stands still. */
  isAnsweredWithin(limitMs: number): boolean;
  /** Resolves when the answer is there, or after `limitMs`. */
  answered(limitMs: number): Promise<void>;
  /** @throws Error with what the thread says is wrong */
  answer(): SensorsRead;
  /** The folder being read, relative to `class/`; outlives the thread that wrote it. */
  folder(): string;
}

/** The side that answers. */
export interface SensorAnswerer {
  /** Stands still until there is a question; the folders to leave out. */
  question(): readonly string[];
  reading(folder: string): void;
  answer(answer: SensorAnswer): void;
}

export interface SensorChannel {
  readonly memory: SharedArrayBuffer;
  readonly asker: SensorAsker;
  readonly answerer: SensorAnswerer;
}

/** Room for some thousand sensors. Memory that nothing was written to costs nothing. */
const MEMORY_BYTES = 1024 * 1024;
const HEADER_BYTES = 64;
const FOLDER_BYTES = 512;
const QUESTION_BYTES = 16 * 1024;
const NUMBERS_MOST = 16 * 1024;
const NUMBERS_OFFSET = HEADER_BYTES + FOLDER_BYTES + QUESTION_BYTES;

/**
 * Most answers come so soon that being woken for them takes longer, and more of the processor, than asking again and
 * again; nothing is gained where both sides share one processor.
 */
const SPIN_MS = availableParallelism() > 1 ? 0.3 : 0;

/** Places in the header: counters of questions and answers, and the lengths of their texts in bytes. */
const ASKED = 0;
const ANSWERED = 1;
const QUESTION_LENGTH = 2;
const ANSWER_LENGTH = 3;
/** Rises with each answer that brings other texts than the one before; 0 where it only says what is wrong. */
const EDITION = 4;

/**
 * Questions and answers between two threads, in memory that both see. A message of Node's costs its receiver a turn of
 * the event loop and both sides a copy, together several times what a look does; this costs two wake-ups. And a thread
 * that stands still inside a driver is still found to do so: what it was reading is noted here.
 *
 * The texts of an answer stay in the memory, and are written and read again only when they are others.
 */
export function createSensorChannel(memory = new SharedArrayBuffer(MEMORY_BYTES)): SensorChannel {
  const header = new Int32Array(memory, 0, HEADER_BYTES / 4);
  const folderAt = Buffer.from(memory, HEADER_BYTES, FOLDER_BYTES);
  const questionAt = Buffer.from(memory, HEADER_BYTES + FOLDER_BYTES, QUESTION_BYTES);
  const numbersAt = new Float64Array(memory, NUMBERS_OFFSET, NUMBERS_MOST);
  const answerAt = Buffer.from(memory, NUMBERS_OFFSET + numbersAt.byteLength);
  let seen = 0;
  let edition = 0;
  let texts: readonly string[] = [];

  const isAnswered = (): boolean => Atomics.load(header, ANSWERED) === Atomics.load(header, ASKED);
  const put = (place: Buffer, text: string): number => {
    const length = Buffer.byteLength(text);
    if (length > place.length) throw new RangeError(`${length} bytes do not fit into ${place.length}`);
    return place.write(text);
  };
  const answerText = (): string => answerAt.toString('utf8', 0, header[ANSWER_LENGTH]);
  const keep = (packed: PackedSensors): void => {
    if (header[EDITION] === 0 || !isSame(packed.texts, texts)) {
      header[ANSWER_LENGTH] = put(answerAt, JSON.stringify(packed.texts));
      texts = packed.texts;
      edition += 1;
      header[EDITION] = edition;
    }
    if (packed.numbers.length > NUMBERS_MOST)
      throw new RangeError(`${packed.numbers.length} numbers do not fit`);
    numbersAt.set(packed.numbers);
  };

  return {
    memory,
    asker: {
      ask(leftOut) {
        header[QUESTION_LENGTH] = leftOut.length === 0 ? 0 : put(questionAt, JSON.stringify(leftOut));
        Atomics.add(header, ASKED, 1);
        Atomics.notify(header, ASKED);
      },
      isAnsweredWithin(limitMs) {
        const spinEndMs = performance.now() + Math.min(limitMs, SPIN_MS);
        while (!isAnswered() && performance.now() < spinEndMs);
        if (!isAnswered()) Atomics.wait(header, ANSWERED, Atomics.load(header, ASKED) - 1, limitMs);
        return isAnswered();
      },
      async answered(limitMs) {
        if (isAnswered()) return;
        await Atomics.waitAsync(header, ANSWERED, Atomics.load(header, ASKED) - 1, limitMs).value;
      },
      answer() {
        const current = header[EDITION] ?? 0;
        if (current === 0) throw new Error(answerText());
        if (current !== edition) texts = JSON.parse(answerText()) as string[];
        edition = current;
        return unpackSensors(texts, numbersAt);
      },
      folder: () => folderAt.toString('latin1', 1, 1 + (folderAt[0] ?? 0)),
    },
    answerer: {
      question() {
        Atomics.wait(header, ASKED, seen);
        seen = Atomics.load(header, ASKED);
        const length = header[QUESTION_LENGTH] ?? 0;
        return length === 0 ? [] : (JSON.parse(questionAt.toString('utf8', 0, length)) as string[]);
      },
      reading(folder) {
        folderAt[0] = 0;
        folderAt[0] = folderAt.write(folder, 1, 'latin1') & 0xff;
      },
      answer(answer) {
        if ('error' in answer) {
          header[ANSWER_LENGTH] = put(answerAt, answer.error);
          header[EDITION] = 0;
        } else keep(packSensors(answer.read));
        Atomics.store(header, ANSWERED, seen);
        Atomics.notify(header, ANSWERED);
      },
    },
  };
}

function isSame(texts: readonly string[], before: readonly string[]): boolean {
  return texts.length === before.length && texts.every((text, index) => text === before[index]);
}
