import type { Config, ProjectConfig } from '../shared/contract/config.ts';
import type { Clock } from './clock.ts';
import { endedWithin } from './deadline.ts';
import { createGetSmall } from './energy/network-request.ts';
import { createEvidenceGatherer, type EvidenceGatherer } from './evidence/gatherer.ts';
import { createProjectWatch, type ProjectWatch } from './projects/project-watch.ts';

/** How long one project may take to be read before the loop goes on without it (domain 1.4). */
const REFRESH_LIMIT_MS = 1000;

export interface ProjectEntry {
  readonly project: ProjectConfig;
  readonly watch: ProjectWatch;
  readonly gatherer: EvidenceGatherer;
}

/** The registered projects and what each one's evidence says now. */
export interface ProjectSet {
  /** Takes new settings over; projects that stay keep what they know. */
  use(config: Config): void;
  /** Reads every project again; a hung folder is left behind. */
  refresh(): Promise<void>;
  entries(): readonly ProjectEntry[];
  close(): void;
}

export function createProjectSet(clock: Clock, onChange: () => void): ProjectSet {
  const getSmall = createGetSmall(clock);
  let entries: ProjectEntry[] = [];
  const close = ({ watch, gatherer }: ProjectEntry): void => {
    watch.close();
    gatherer.close();
  };
  return {
    use(config) {
      const kept = entries.filter(({ project }) => config.projects.some((next) => isSame(next, project)));
      for (const entry of entries) if (!kept.includes(entry)) close(entry);
      entries = config.projects.map(
        (project) =>
          kept.find((entry) => isSame(entry.project, project)) ?? {
            project,
            watch: createProjectWatch({ project, clock, onChange }),
            gatherer: createEvidenceGatherer({ project, clock, getSmall, onChange }),
          },
      );
    },
    async refresh() {
      await Promise.all(
        entries
          .flatMap(({ watch, gatherer }) => [watch.refresh(), gatherer.refresh()])
          .map((reading) => endedWithin(reading, REFRESH_LIMIT_MS, clock)),
      );
    },
    entries: () => entries,
    close() {
      entries.forEach(close);
    },
  };
}

function isSame(one: ProjectConfig, other: ProjectConfig): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
