/** Time, as the page is given it. */
export interface PageClock {
  /** Rises evenly from an arbitrary start, milliseconds. */
  monotonicMs(): number;
  /** Runs `act` once after `delayMs`; the returned function cancels it. */
  after(delayMs: number, act: () => void): () => void;
}

export const browserClock: PageClock = {
  monotonicMs: () => performance.now(),
  after(delayMs, act) {
    const timer = setTimeout(act, delayMs);
    return () => clearTimeout(timer);
  },
};
