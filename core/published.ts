import type { Decision } from '../shared/contract/decision.ts';
import type { Snapshot } from '../shared/contract/state.ts';
import type { ChangeType } from '../shared/contract/vocabulary.ts';

/** The last snapshot and the texts made of it, so that an answer costs no work. */
export interface Published {
  take(snapshot: Snapshot): void;
  snapshot(): Snapshot;
  snapshotJson(): string;
  /** Null when there is no such project. */
  decisionJson(projectId: string, change: ChangeType | undefined): string | null;
}

/** `onAsked` hears of each decision once, when it is first asked for. */
export function createPublished(onAsked: (decision: Decision) => void): Published {
  let current: Snapshot | null = null;
  let currentJson: string | null = null;
  let decisionJsons = new Map<string, string>();

  const snapshot = (): Snapshot => {
    if (current === null) throw new Error('Asked before the first round ended.');
    return current;
  };

  return {
    take(snapshot) {
      current = snapshot;
      currentJson = null;
      decisionJsons = new Map();
    },
    snapshot,
    snapshotJson: () => (currentJson ??= JSON.stringify(snapshot())),
    decisionJson(projectId, change) {
      const key = `${change ?? ''} ${projectId}`;
      const known = decisionJsons.get(key);
      if (known !== undefined) return known;
      const project = snapshot().projects.find((candidate) => candidate.id === projectId);
      const decision = project?.decisions[change ?? project.defaultChange];
      if (decision === undefined) return null;
      const json = JSON.stringify(decision);
      decisionJsons.set(key, json);
      onAsked(decision);
      return json;
    },
  };
}
