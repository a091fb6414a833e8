import { describe, expect, it } from 'vitest';

import { bootMsFrom } from '../../../core/sleep-clock.ts';
import { systemClock } from '../../../core/system-clock.ts';

describe('the clock that counts sleep', () => {
  it.each([
    ['350735.47 234388.90\n', 350_735_470],
    ['12 3\n', 12_000],
    ['', null],
    [null, null],
    ['not a number\n', null],
    ['-5.0 1.0\n', null],
  ])('reads %j as %s', (text, bootMs) => {
    expect(bootMsFrom(text)).toBe(bootMs);
  });

  it.skipIf(process.platform !== 'linux')('goes on here', () => {
    const first = systemClock.bootMs?.() ?? 0;
    expect(first).toBeGreaterThan(0);
    expect(systemClock.bootMs?.()).toBeGreaterThanOrEqual(first);
  });
});
