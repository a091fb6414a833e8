/** Quantities inside a `why` sentence. Plain spaces: it travels through JSON, logs and terminals. */

/** "17 %", rounded down so that 19.99 never reads as 20. */
export function percentWords(percent: number): string {
  return `${Math.floor(percent)} %`;
}

/** "9.1 W" without a sign: the words around it say which way. */
export function wattsWords(powerW: number): string {
  return `${Math.abs(powerW).toFixed(1)} W`;
}

/** "40 s", "21 min", rounded down: a promise of time is never rounded up. */
export function durationWords(seconds: number): string {
  return seconds < 120 ? `${Math.floor(seconds)} s` : `${Math.floor(seconds / 60)} min`;
}
