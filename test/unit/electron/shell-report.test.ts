import { describe, expect, it } from 'vitest';

import { createShellReporter } from '../../../electron/shell-report.ts';
import type { ShellReport } from '../../../shared/contract/alert.ts';

function setUp() {
  const sent: ShellReport[] = [];
  const reporter = createShellReporter((report) => {
    sent.push(report);
    return sent.length === 1 ? Promise.reject(new Error('gone')) : Promise.resolve();
  });
  return { reporter, sent };
}

describe('what the core is told of this desktop', () => {
  it('is kept until there is a core, then told whole, and again to each that comes', () => {
    const { reporter, sent } = setUp();
    reporter.tell({ tray: 'no-host' });
    expect(sent).toEqual([]);
    reporter.attached();
    reporter.tell({ notices: 'refused', why: 'no service' });
    reporter.attached();
    expect(sent).toEqual([
      { tray: 'no-host', notices: 'unknown', focus: 'unknown', why: null },
      { tray: 'no-host', notices: 'refused', focus: 'unknown', why: 'no service' },
      { tray: 'no-host', notices: 'refused', focus: 'unknown', why: 'no service' },
    ]);
  });

  it('is not told twice', () => {
    const { reporter, sent } = setUp();
    reporter.attached();
    reporter.tell({ tray: 'shown' });
    reporter.tell({ tray: 'shown' });
    expect(sent).toHaveLength(2);
  });
});
