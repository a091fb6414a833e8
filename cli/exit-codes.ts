import type { Verdict } from '../shared/contract/vocabulary.ts';

/** What every command ends with; scripts and hooks rely on it (3-contract). */
export const EXIT = { ok: 0, block: 1, usage: 2, unknown: 3, throttle: 4 } as const;

export function exitCodeOf(verdict: Verdict): number {
  switch (verdict) {
    case 'allow':
      return EXIT.ok;
    case 'block':
      return EXIT.block;
    case 'throttle':
      return EXIT.throttle;
    case 'unknown':
      return EXIT.unknown;
  }
}
