import { realpath } from 'node:fs/promises';

import type { ProjectConfig } from '../../shared/contract/config.ts';
import type { GateAsk, GateReply } from '../../shared/contract/gate-ask.ts';
import type { Snapshot } from '../../shared/contract/state.ts';
import type { ChangeType } from '../../shared/contract/vocabulary.ts';
import type { Clock } from '../clock.ts';
import { endedWithin } from '../deadline.ts';
import { createCommitReader } from '../projects/commit-message.ts';
import { adviseCommit } from './commit-advice.ts';
import { projectsIn } from './concerned-projects.ts';
import { judgePush, type GatedProject } from './push-judgement.ts';

/** A hook gives up after 800 ms: a disk that hangs may not use that up. */
const REAL_PATH_LIMIT_MS = 200;

export interface GateDesk {
  /** With exit code and words first, as a hook in plain sh reads it. */
  answer(ask: GateAsk): Promise<GateReply>;
}

export interface GateDeskParts {
  readonly clock: Clock;
  readonly projects: () => readonly ProjectConfig[];
  readonly snapshot: () => Snapshot;
  /** Hears of the decision that binds. */
  readonly onAsked: (project: string, change: ChangeType) => void;
}

/** Answers git hooks from memory; only a project registered under a linked path costs a look at the disk. */
export function createGateDesk({ clock, projects, snapshot, onAsked }: GateDeskParts): GateDesk {
  const reader = createCommitReader();
  const reply = async (ask: GateAsk): Promise<GateReply> => {
    if (ask.kind === 'commit') return adviseCommit(ask, reader);
    const named: readonly GatedProject[] = projects();
    const known = projectsIn(ask, named).length > 0 ? named : await withRealPaths(named, clock);
    return judgePush(ask, { projects: known, snapshot: snapshot(), reader, onAsked });
  };

  return {
    async answer(ask) {
      const { exitCode, words, verdict, decisionId } = await reply(ask);
      return { exitCode, words, verdict, decisionId };
    },
  };
}

/** Git tells where a repository really is; the settings may name it through a symbolic link. */
async function withRealPaths(
  projects: readonly GatedProject[],
  clock: Clock,
): Promise<readonly GatedProject[]> {
  const found = new Map<string, string>();
  const looked = projects.map(async ({ path }) => found.set(path, await realpath(path)));
  await endedWithin(Promise.allSettled(looked), REAL_PATH_LIMIT_MS, clock);
  return projects.map((project) => ({ ...project, path: found.get(project.path) ?? project.path }));
}
