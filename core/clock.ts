/** Time, as the core is given it. Several clocks on purpose: intervals never follow the wall clock. */
export interface Clock {
  /** Wall clock, milliseconds since 1970; may jump. For stamps only. */
  wallMs(): number;
  /** Rises evenly from an arbitrary start; may stand still while the machine sleeps. For intervals. */
  monotonicMs(): number;
  /** Milliseconds since boot, sleep included; null or absent where no such clock can be read. */
  bootMs?(): number | null;
  /** Runs `act` once after `delayMs` of monotonic time; the returned function cancels it. */
  after(delayMs: number, act: () => void): () => void;
}

/** The wall clock as an ISO instant in UTC. */
export function isoNow(clock: Clock): string {
  return new Date(clock.wallMs()).toISOString();
}
