import { realpath } from 'node:fs/promises';

import type { ProjectConfig } from '../../shared/contract/config.ts';
import type { GateAsk, GateReply } from '../../shared/contract/gate-ask.ts';
import type { Snapshot } from '../../shared/contract/state.ts';
import type { ChangeType } from '../../shared/contract/vocabulary.ts';
import { createCommitReader } from '../projects/commit-message.ts';
import { adviseCommit } from './commit-advice.ts';
import { projectsIn } from './concerned-projects.ts';
import { judgePush, type GatedProject } from './push-judgement.ts';

export interface GateDesk {
  /** At once, from memory; exit code and words come first, as a hook in plain sh reads them. */
  answer(ask: GateAsk): GateReply;
}

export interface GateDeskParts {
  readonly projects: () => readonly ProjectConfig[];
  readonly snapshot: () => Snapshot;
  /** Hears of the decision that binds. */
  readonly onAsked: (project: string, change: ChangeType) => void;
}

/** Answers git hooks. */
export function createGateDesk({ projects, snapshot, onAsked }: GateDeskParts): GateDesk {
  const reader = createCommitReader();
  const realPaths = createRealPaths();
  realPaths.learn(projects());

  const reply = (ask: GateAsk): GateReply => {
    if (ask.kind === 'commit') return adviseCommit(ask, reader);
    const named = projects();
    realPaths.learn(named);
    const known = projectsIn(ask, named).length > 0 ? named : realPaths.of(named);
    return judgePush(ask, { projects: known, snapshot: snapshot(), reader, onAsked });
  };

  return {
    answer(ask) {
      const { exitCode, words, verdict, decisionId } = reply(ask);
      return { exitCode, words, verdict, decisionId };
    },
  };
}

/**
 * Git tells where a repository really is; settings written by hand may name it through a symbolic link. Looked up
 * aside, so that a disk that hangs delays no answer: the first push right after such a line was added may be told
 * that the project is not known.
 */
function createRealPaths(): {
  learn(projects: readonly GatedProject[]): void;
  of(projects: readonly GatedProject[]): readonly GatedProject[];
} {
  const known = new Map<string, string | null>();
  return {
    learn(projects) {
      for (const { path } of projects) {
        if (known.has(path)) continue;
        known.set(path, null);
        realpath(path).then(
          (real) => known.set(path, real),
          () => known.delete(path),
        );
      }
    },
    of: (projects) =>
      projects.map((project) => ({ ...project, path: known.get(project.path) ?? project.path })),
  };
}
