/**
 * The clock that goes on while the machine sleeps, in milliseconds since boot; null where it cannot be read.
 *
 * @param readText gives the text of `/proc/uptime` (proc(5)): seconds since boot with suspend, then idle seconds.
 *   May throw.
 */
export function bootMsFrom(readText: () => string): number | null {
  try {
    const seconds = /^(\d+\.?\d*)\s/.exec(readText())?.[1];
    return seconds === undefined ? null : Number(seconds) * 1000;
  } catch {
    return null;
  }
}
