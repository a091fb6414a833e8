import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import type { Clock } from './clock.ts';

/** What loading left behind is garbage by then. */
const FIRST_AFTER_MS = 20_000;
const AGAIN_AFTER_MS = 30 * 60_000;

/**
 * Gives memory back to the system, after the start and then twice an hour: V8 does so by itself only under pressure,
 * which a core that idles for weeks never makes. A collection takes some 30 ms. Returns what ends it.
 */
export function keepHeapTrim(clock: Clock, collect: () => void): () => void {
  let cancel = clock.after(FIRST_AFTER_MS, trim);
  function trim(): void {
    collect();
    cancel = clock.after(AGAIN_AFTER_MS, trim);
  }
  return () => cancel();
}

/** The collector of this process, of the kind that shrinks the heap; null where the runtime keeps it to itself. */
export function ownCollector(): (() => void) | null {
  setFlagsFromString('--expose-gc');
  const gc: unknown = runInNewContext('typeof gc === "function" ? gc : null');
  if (typeof gc !== 'function') return null;
  const collect = gc as (how: object) => void;
  return () => {
    collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  };
}
