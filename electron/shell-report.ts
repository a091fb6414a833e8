import type { ShellReport } from '../shared/contract/alert.ts';

export interface ShellReporter {
  /** The core listens, and has forgotten what it was told before. */
  attached(): void;
  tell(change: Partial<ShellReport>): void;
}

/** Tells the core what this desktop shows, whenever that changes and to each core that comes. */
export function createShellReporter(send: (report: ShellReport) => Promise<unknown>): ShellReporter {
  let report: ShellReport = { tray: 'unknown', notices: 'unknown', focus: 'unknown', why: null };
  let isAttached = false;

  const tell = (): void => {
    // A core that is gone meanwhile is told when it is back.
    if (isAttached) send(report).catch(() => undefined);
  };
  return {
    attached() {
      isAttached = true;
      tell();
    },
    tell(change) {
      const next = { ...report, ...change };
      if (JSON.stringify(next) === JSON.stringify(report)) return;
      report = next;
      tell();
    },
  };
}
