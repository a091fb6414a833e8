/** Under this charge the machine is fed but has nothing behind it (domain 1.1, D3). */
const RESERVE_PERCENT = 10;
/** Or so much time of net charge. */
const NET_CHARGE_MS = 600_000;
/** Two readings further apart than this say nothing about the time between. */
const LONGEST_STEP_MS = 90_000;

export interface Reserve {
  /** Time of net charge since the cord went in. */
  readonly chargedMs: number;
  readonly lastMs: number;
  readonly built: boolean;
}

export interface ReserveInput {
  readonly percent: number | null;
  readonly charging: boolean;
  readonly monotonicMs: number;
}

export function noReserve(monotonicMs: number): Reserve {
  return { chargedMs: 0, lastMs: monotonicMs, built: false };
}

/** One more reading while fed from outside. Once built, a reserve counts until the cord is pulled. */
export function buildReserve(state: Reserve, input: ReserveInput): Reserve {
  const stepMs = input.monotonicMs - state.lastMs;
  const chargedMs = state.chargedMs + (input.charging && stepMs <= LONGEST_STEP_MS ? stepMs : 0);
  const enough = input.percent !== null && input.percent >= RESERVE_PERCENT;
  return {
    chargedMs: Math.min(chargedMs, NET_CHARGE_MS),
    lastMs: input.monotonicMs,
    built: state.built || enough || chargedMs >= NET_CHARGE_MS,
  };
}

/** The charge to be careful with; null when there is enough behind the cord. */
export function reservePercent(state: Reserve, percent: number | null): number | null {
  return state.built || percent === null || percent >= RESERVE_PERCENT ? null : percent;
}
