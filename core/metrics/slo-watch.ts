import type { ErrorBudget } from '../../shared/consciousness/burn-rate.ts';

/** How often a project's error budget began to burn since the core started. */
export interface SloViolation {
  readonly project: string;
  /** The longer of the two windows that burnt: "1h". */
  readonly window: string;
  readonly count: number;
}

/** Counts how often an error budget goes from calm to burning. */
export interface SloWatch {
  /** `budgets`: those of every project that reads an error rate, as they are now. */
  take(budgets: Iterable<readonly [project: string, budget: ErrorBudget]>): void;
  violations(): readonly SloViolation[];
}

interface Watched {
  burning: boolean;
  count: number;
}

export function createSloWatch(): SloWatch {
  const projects = new Map<string, Map<string, Watched>>();
  return {
    take(budgets) {
      for (const [project, { pairs }] of budgets) {
        let windows = projects.get(project);
        if (windows === undefined) projects.set(project, (windows = new Map<string, Watched>()));
        for (const { pair, state } of pairs) {
          // What was not measured neither begins nor ends a violation.
          if (state === 'absent' || state === 'too-few-events') continue;
          const known = windows.get(pair.long) ?? { burning: false, count: 0 };
          const burning = state === 'burning';
          if (burning && !known.burning) known.count += 1;
          known.burning = burning;
          windows.set(pair.long, known);
        }
      }
    },
    violations: () =>
      [...projects].flatMap(([project, windows]) =>
        [...windows].map(([window, { count }]) => ({ project, window, count })),
      ),
  };
}
