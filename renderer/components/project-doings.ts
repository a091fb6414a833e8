import type { AskMethod } from '../connection/core-requests.ts';

/** What every panel of a project's page is given beside its project. */
export interface ProjectDoings {
  readonly wide: boolean;
  /** Without a core nothing can be changed. */
  readonly canAct: boolean;
  /** Asks the core to do something. Rejects on every refusal. */
  readonly ask: (method: AskMethod, path: string, body?: unknown) => Promise<unknown>;
  /** "3 min ago", of an ISO instant. */
  readonly ageOf: (at: string) => string;
  /** When the core last told of its state, ISO. */
  readonly nowAt: string;
}
