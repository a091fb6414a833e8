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
  let isSending = false;
  let isDue = false;

  /** One at a time: of two on their way the older might arrive last. */
  const tell = (): void => {
    if (!isAttached) return;
    isDue = true;
    if (isSending) return;
    isSending = true;
    isDue = false;
    void send(report)
      // A core that is gone meanwhile is told when it is back.
      .catch(() => undefined)
      .finally(() => {
        isSending = false;
        if (isDue) tell();
      });
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
