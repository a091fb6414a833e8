import { levelOfPercent, lowerLevel } from './level.ts';
import type { ChainJudgement } from './supply-chain.ts';
import type { RankedLevel } from '../contract/vocabulary.ts';

export function isWorse(level: RankedLevel, than: RankedLevel): boolean {
  return level !== than && lowerLevel(level, than) === level;
}

/**
 * What the machine would be at if the cord were out now. The judgement says so itself when it is out (and knows
 * about UPS runtimes); while it is in, the charge does. Null when nothing says.
 */
export function levelUnplugged({ level, percent }: ChainJudgement): RankedLevel | null {
  if (level !== 'FULL' && level !== 'UNKNOWN') return level;
  return percent === null ? null : levelOfPercent(percent);
}
