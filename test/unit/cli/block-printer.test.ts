import { expect, it } from 'vitest';

import { blockPrinter } from '../../../cli/block-printer.ts';
import { bareSnapshot } from '../../fakes/bare-snapshot.ts';

it('prints what is new at once, and what is not once a moment', () => {
  const printed: string[] = [];
  let nowMs = Date.parse('2026-01-05T10:00:00Z');
  const print = blockPrinter({ nowMs: () => nowMs, out: (text) => void printed.push(text) });
  for (const [laterMs, level] of [
    [0, 'FULL'],
    [60, 'FULL'],
    [60, 'LOW'],
    [60, 'LOW'],
    [1000, 'LOW'],
  ] as const) {
    nowMs += laterMs;
    print(bareSnapshot(level));
  }
  expect(printed.map((text) => /ENERGY: (\w+)/.exec(text)?.[1])).toEqual(['FULL', 'LOW', 'LOW']);
});
