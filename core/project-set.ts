import type { Config, ProjectConfig } from '../shared/contract/config.ts';
import type { Clock } from './clock.ts';
import { endedWithin } from './deadline.ts';
import { createProjectWatch, type ProjectWatch } from './projects/project-watch.ts';

/** How long one project may take to be read before the loop goes on without it (domain 1.4). */
const REFRESH_LIMIT_MS = 1000;

/** The registered projects and what each one's evidence says now. */
export interface ProjectSet {
  /** Takes new settings over; projects that stay keep what they know. */
  use(config: Config): void;
  /** Reads every project again; a hung folder is left behind. */
  refresh(): Promise<void>;
  entries(): readonly { readonly project: ProjectConfig; readonly watch: ProjectWatch }[];
  close(): void;
}

export function createProjectSet(clock: Clock, onChange: () => void): ProjectSet {
  let entries: { project: ProjectConfig; watch: ProjectWatch }[] = [];
  return {
    use(config) {
      const kept = entries.filter(({ project }) => config.projects.some((next) => isSame(next, project)));
      for (const entry of entries) if (!kept.includes(entry)) entry.watch.close();
      entries = config.projects.map(
        (project) =>
          kept.find((entry) => isSame(entry.project, project)) ?? {
            project,
            watch: createProjectWatch({ project, clock, onChange }),
          },
      );
    },
    async refresh() {
      await Promise.all(entries.map(({ watch }) => endedWithin(watch.refresh(), REFRESH_LIMIT_MS, clock)));
    },
    entries: () => entries,
    close() {
      for (const { watch } of entries) watch.close();
    },
  };
}

function isSame(one: ProjectConfig, other: ProjectConfig): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
