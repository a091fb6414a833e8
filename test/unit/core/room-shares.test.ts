import { expect, it } from 'vitest';

import { createRoomShares } from '../../../core/room-shares.ts';

it('keeps what a failing room said last, says so once, and forgets it when the room is well again', () => {
  const faults: unknown[] = [];
  const shares = createRoomShares((error) => faults.push(error));
  const failing = (): string[] => {
    throw new Error('The queue is torn.');
  };
  expect(shares.of('jobs', [], failing)).toEqual([]);
  expect(shares.of('jobs', [], () => ['train'])).toEqual(['train']);
  expect(shares.notes()).toEqual([]);

  expect(shares.of('jobs', [], failing)).toEqual(['train']);
  expect(shares.of('jobs', [], failing)).toEqual(['train']);
  expect(shares.of('mirrors', 0, () => 3)).toBe(3);
  expect(faults).toHaveLength(2);
  expect(shares.notes()).toEqual([
    {
      code: 'part-failed',
      text: 'The part for jobs failed: The queue is torn. What it said last still shows; verdicts go on.',
    },
  ]);

  expect(shares.of('jobs', [], () => [])).toEqual([]);
  expect(shares.notes()).toEqual([]);
});
