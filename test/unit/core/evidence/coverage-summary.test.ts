import { describe, expect, it } from 'vitest';

import { coverageReader, parseCoverageSummary } from '../../../../core/evidence/coverage-summary.ts';
import { lcovText } from '../../../fakes/made-up-project.ts';

const summary = (lines: unknown): string =>
  JSON.stringify(
    { total: { lines, branches: { total: 2, covered: 0 } }, 'src/a.ts': { lines: {} } },
    null,
    1,
  );

describe('parseCoverageSummary', () => {
  it('takes the counts, not the rounded percentage', () => {
    expect(parseCoverageSummary(summary({ total: 3, covered: 2, skipped: 0, pct: 66.66 }))).toEqual({
      linesFound: 3,
      linesHit: 2,
    });
  });

  it.each([
    ['', ':1:1 the file is empty'],
    ['{"total": {"lines": {"total": 3', 'the file ends'],
    ['{}', ':1 holds no total.lines'],
    ['[]', ':1 is not an object'],
    ['{"total": []}', ':1 total: is a list; an object is expected'],
    [summary({ total: '3', covered: 2 }), ':4 total.lines.total: "3" is text; a number from 0'],
    [summary({ total: 3, covered: 4 }), ':5 total.lines.covered: 4 is more than the 3 there are'],
    [summary({ total: -3, covered: 0 }), 'total.lines.total: -3 is given'],
    [summary({ total: 3 }), 'total.lines: needs the numbers total and covered'],
    [summary({ total: 0, covered: 0, pct: 'Unknown' }), 'there is no line that can be covered'],
    ['{"total": {"lines": {"total": NaN, "covered": 1}}}', ':1:31 "NaN" stands where'],
    ['{"total": {"lines": {"total": 1e999, "covered": 1}}}', 'is too large a number'],
  ])('refuses %j', (text, message) => {
    expect(() => parseCoverageSummary(text)).toThrow(message);
  });

  it('is told from lcov by how it begins', () => {
    const read = (text: string) => {
      const step = coverageReader.parse(text, 'x').next();
      return step.done === true ? step.value : null;
    };
    expect(read(`\n ${summary({ total: 3, covered: 2 })}`)).toEqual({ linesFound: 3, linesHit: 2 });
    expect(read(lcovText(3, 1))).toEqual({ linesFound: 3, linesHit: 1 });
    expect(() => read(`{${' '.repeat(3 * 1024 * 1024)}}`)).toThrow('is too large');
  });
});
