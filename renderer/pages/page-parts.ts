import type { AskMethod } from '../connection/core-requests.ts';
import type { PageClock } from '../connection/page-clock.ts';
import type { DashboardStore } from '../store/dashboard-store.ts';

/** What every page is made with. Each page is a default export that takes these as its props. */
export interface PageParts {
  /** All that is known now; `useStore(store)` follows it. The snapshot is there when a page is shown. */
  readonly store: DashboardStore;
  /** Asks the core. Answers with JSON, or with text where the answer is not JSON. Rejects on every refusal. */
  readonly ask: (method: AskMethod, path: string, body?: unknown) => Promise<unknown>;
  /** The page's own even clock; never the wall's. */
  readonly clock: PageClock;
  /** At least 960 px: there is room for two columns. */
  readonly wide: boolean;
  readonly openProject: (id: string) => void;
  /** Tries the lost connection at once. */
  readonly onRetry: () => void;
}
