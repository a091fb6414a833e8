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
  const tellNow = async (): Promise<void> => {
    isSending = true;
    do {
      isDue = false;
      // A core that is gone meanwhile is told when it is back.
      await send(report).catch(() => undefined);
    } while (isDue);
    isSending = false;
  };
  const tell = (): void => {
    if (!isAttached) return;
    if (isSending) isDue = true;
    else void tellNow();
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
