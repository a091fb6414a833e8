import type { ShellReport } from '../../shared/contract/alert.ts';

/** The desktop shell, as far as notices need to know. What it reported holds for as long as it listens. */
export interface ShellPresence {
  /** It listens: it shows the notices, not the core. */
  isAttached(): boolean;
  /** Null while it is not attached, and until it has reported. */
  report(): ShellReport | null;
  take(report: ShellReport): void;
}

export function createShellPresence(isAttached: () => boolean): ShellPresence {
  let last: ShellReport | null = null;
  return {
    isAttached,
    report() {
      if (!isAttached()) last = null;
      return last;
    },
    take(report) {
      last = report;
    },
  };
}
