import { percentWords, wattsWords } from './words.ts';
import type { ChainJudgement } from './supply-chain.ts';
import type { RankedLevel } from '../contract/vocabulary.ts';

/** Why a level stands although one reading alone would say something else. */
export interface Settled {
  readonly level: RankedLevel;
  readonly kind: 'line' | 'weak-charger' | 'battery' | 'ups';
  readonly reservePercent: number | null;
  /** True while a plug, an outage or a fall has been seen but does not count yet. */
  readonly waiting: boolean;
  /** How long a loose plug must stay as it is before that counts; null when none is on its way. */
  readonly looseHoldMs: number | null;
}

/** One sentence for a person; the judgement's own where it agrees. */
export function settledWhy(settled: Settled, judgement: ChainJudgement, before: string | null): string {
  const { percent, netPowerW } = judgement;
  const battery = percent === null ? 'battery not known' : `battery ${percentWords(percent)}`;
  if (settled.kind === 'weak-charger') {
    const net = netPowerW !== null && netPowerW < 0 ? `, ${wattsWords(netPowerW)} net drain` : '';
    return `charger too weak: ${battery}${net}`;
  }
  if (settled.level === judgement.level) {
    // Once a reserve is built the judgement's warning about it is out of date.
    return judgement.reservePercent !== null && settled.reservePercent === null
      ? `fed from outside, ${battery}`
      : judgement.why;
  }
  if (settled.looseHoldMs !== null) {
    const turn = settled.kind === 'line' ? 'stays out' : 'holds';
    return `${battery}; the plug loses contact, it counts once it ${turn} for ${spanWords(settled.looseHoldMs)}`;
  }
  if (settled.waiting && before !== null) return before;
  if (settled.kind === 'line') return `fed from outside, ${battery}`;
  return `${battery}; back at ${settled.level} until external power returns`;
}

function spanWords(ms: number): string {
  return ms < 60_000 ? `${ms / 1000} s` : `${ms / 60_000} min`;
}
