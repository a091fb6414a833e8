import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { scanJson } from '../../../../core/projects/json-scan.ts';

const SEED = 20260105;

describe('scanJson', () => {
  it(`agrees with JSON.parse on what is JSON (seed ${SEED})`, () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), fc.nat(), fc.string({ maxLength: 2 }), (json, at, scrap) => {
        expect(scanJson(json).fault).toBeNull();
        const place = at % (json.length + 1);
        const broken = json.slice(0, place) + scrap + json.slice(place + 1);
        let parses = true;
        try {
          JSON.parse(broken);
        } catch {
          parses = false;
        }
        const { fault } = scanJson(broken);
        // It refuses more than JSON.parse (a field twice, numbers too large), never less.
        if (!parses) expect(fault).not.toBeNull();
        else if (fault !== null) expect(fault.message).toMatch(/given twice|too large/);
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  it('finds the line of a field', () => {
    const { lineOf } = scanJson('{\n "scores": {\n  "integration": 1,\n\n  "stability": 2 }\n}');
    expect(lineOf('scores')).toBe(2);
    expect(lineOf('scores.stability')).toBe(5);
    expect(lineOf('scores.nothing')).toBeNull();
  });

  it.each([
    '{"":{"":1}}',
    '{"scores":{"a":1},"scores.a":1}',
    '{"x":{"a":1,"a":2}}',
    '{"scores":[{"a":1},{"a":2}]}',
  ])('does not take different fields for the same: %s', (json) => {
    expect(scanJson(json).fault).toBeNull();
  });

  it('takes 32 levels and no more, without recursion', () => {
    const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
    expect(scanJson(nested(32)).fault).toBeNull();
    expect(scanJson(nested(33)).fault).toMatchObject({ line: 1, column: 33 });
    expect(scanJson('['.repeat(1_000_000)).fault?.message).toContain('nests deeper');
  });

  it('takes a text of a megabyte', () => {
    expect(scanJson(`{"a":"${'\\n'.repeat(500_000)}"}`).fault).toBeNull();
  });
});
