import { describe, expect, it, vi } from 'vitest';

import { createShellReporter } from '../../../electron/shell-report.ts';
import type { ShellReport } from '../../../shared/contract/alert.ts';

function setUp() {
  const sent: ShellReport[] = [];
  const ends: (() => void)[] = [];
  const reporter = createShellReporter((report) => {
    sent.push(report);
    return new Promise((resolve, reject) => {
      ends.push(sent.length === 1 ? () => reject(new Error('gone')) : () => resolve(null));
    });
  });
  /** The core has taken the oldest that is on its way. */
  const arrived = async (): Promise<void> => {
    ends.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { reporter, sent, arrived };
}

describe('what the core is told of this desktop', () => {
  it('is kept until there is a core, then told whole, and again to each that comes', async () => {
    const { reporter, sent, arrived } = setUp();
    reporter.tell({ tray: 'no-host' });
    expect(sent).toEqual([]);
    reporter.attached();
    await arrived();
    reporter.tell({ notices: 'refused', why: 'no service' });
    await arrived();
    reporter.attached();
    expect(sent).toEqual([
      { tray: 'no-host', notices: 'unknown', focus: 'unknown', why: null },
      { tray: 'no-host', notices: 'refused', focus: 'unknown', why: 'no service' },
      { tray: 'no-host', notices: 'refused', focus: 'unknown', why: 'no service' },
    ]);
  });

  it('is never overtaken by what it was before', async () => {
    const { reporter, sent, arrived } = setUp();
    reporter.attached();
    reporter.tell({ tray: 'shown' });
    reporter.tell({ notices: 'shown' });
    expect(sent).toHaveLength(1);
    await arrived();
    expect(sent.slice(1)).toEqual([{ tray: 'shown', notices: 'shown', focus: 'unknown', why: null }]);
    await arrived();
    expect(sent).toHaveLength(2);
  });

  it('is not told twice', async () => {
    const { reporter, sent, arrived } = setUp();
    reporter.attached();
    await arrived();
    reporter.tell({ tray: 'shown' });
    await arrived();
    reporter.tell({ tray: 'shown' });
    await vi.waitFor(() => expect(sent).toHaveLength(2));
  });
});
