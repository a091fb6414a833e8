/**
 * The clock that goes on while the machine sleeps, in milliseconds since boot; null where it cannot be read.
 *
 * @param uptimeText of `/proc/uptime` (proc(5)): seconds since boot with suspend, then idle seconds; null without it
 */
export function bootMsFrom(uptimeText: string | null): number | null {
  const seconds = /^(\d+\.?\d*)\s/.exec(uptimeText ?? '')?.[1];
  return seconds === undefined ? null : Number(seconds) * 1000;
}
