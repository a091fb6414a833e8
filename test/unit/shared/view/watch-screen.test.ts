import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { ENERGY_LEVELS } from '../../../../shared/contract/vocabulary.ts';
import { watchScreen, type WatchInput } from '../../../../shared/view/watch-screen.ts';
import { bareSnapshot } from '../../../fakes/bare-snapshot.ts';

const AT: Omit<WatchInput, 'snapshot'> = { connection: 'connected', ageSeconds: 3, clockTime: '12:04:31' };

function text(input: WatchInput, columns: number, rows: number): string[] {
  return watchScreen(input, { columns, rows }).map((line) => line.map((piece) => piece.text).join(''));
}

describe('watchScreen', () => {
  it('fills the screen exactly, whatever its size, and no line is wider', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ENERGY_LEVELS),
        fc.integer({ min: 1, max: 240 }),
        fc.integer({ min: 1, max: 80 }),
        fc.array(fc.string({ maxLength: 300 }), { maxLength: 40 }),
        (level, columns, rows, notes) => {
          const snapshot = {
            ...bareSnapshot(level),
            notes: notes.map((note) => ({ code: 'made-up', text: note })),
          };
          const lines = text({ ...AT, snapshot }, columns, rows);
          expect(lines).toHaveLength(rows);
          for (const line of lines) expect(line.length).toBeLessThanOrEqual(columns);
        },
      ),
    );
  });

  it('says the level, its reason and how old that is', () => {
    const lines = text({ ...AT, snapshot: bareSnapshot('LOW') }, 80, 24);
    expect(lines[0]).toContain('LOW');
    expect(lines[0]).toContain('12:04:31 · just now');
    expect(lines[1]).toContain('as the test says');
    expect(lines.at(-1)).toBe('q quit');
  });

  it('counts what does not fit', () => {
    const notes = Array.from({ length: 30 }, (_, n) => ({ code: 'n', text: `note ${n}` }));
    const lines = text({ ...AT, snapshot: { ...bareSnapshot('FULL'), notes } }, 80, 12);
    expect(lines.at(-2)).toMatch(/^… \d+ more lines; enlarge the window$/);
  });

  it('keeps the last state when the core is lost, with its age and what to do', () => {
    const lost = { ...AT, connection: 'lost', ageSeconds: 240 } as const;
    const screen = text({ ...lost, snapshot: bareSnapshot('HIGH') }, 100, 24).join('\n');
    expect(screen).toContain('HIGH');
    expect(screen).toMatch(/from 4.min ago; start it with `orch daemon`/);
    expect(text({ ...lost, snapshot: null }, 100, 24)[0]).toBe('The core is not running.');
  });
});
