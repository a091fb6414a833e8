import type { Config, ProjectConfig } from '../shared/contract/config.ts';
import type { Clock } from './clock.ts';
import { endedWithin } from './deadline.ts';
import { createGetSmall } from './energy/network-request.ts';
import { createEvidenceGatherer, type EvidenceGatherer } from './evidence/gatherer.ts';
import { profileNames, projectProfile, type ProjectProfile } from './project-profile.ts';
import { createProjectWatch, type ProjectWatch } from './projects/project-watch.ts';
import type { FileStamp } from './projects/file-stamp.ts';
import { reportExpectation } from './projects/report-expectation.ts';

/** How long one project may take to be read before the loop goes on without it (domain 1.4). */
const REFRESH_LIMIT_MS = 1000;

export interface ProjectEntry {
  readonly project: ProjectConfig;
  readonly profile: ProjectProfile;
  readonly watch: ProjectWatch;
  readonly gatherer: EvidenceGatherer;
}

export interface ProjectSetParts {
  readonly clock: Clock;
  /** How files are looked at that are asked for every tick. */
  readonly stampOf: FileStamp;
  /** What is known of a project changed. */
  readonly onChange: () => void;
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

export function createProjectSet({ clock, stampOf, onChange }: ProjectSetParts): ProjectSet {
  const getSmall = createGetSmall(clock);
  let entries: ProjectEntry[] = [];
  const close = ({ watch, gatherer }: ProjectEntry): void => {
    watch.close();
    gatherer.close();
  };
  const readersOf = (
    { project, profile }: Settings,
    profiles: readonly string[],
  ): Pick<ProjectEntry, 'watch' | 'gatherer'> => ({
    watch: createProjectWatch({
      project,
      expects: reportExpectation(profile.definition, profiles),
      clock,
      stampOf,
      onChange,
    }),
    gatherer: createEvidenceGatherer({
      project: { ...project, profile: profile.definition },
      clock,
      getSmall,
      stampOf,
      onChange,
    }),
  });
  return {
    use(config) {
      const wanted = config.projects.map((project) => ({
        project,
        profile: projectProfile(project.profile, config.profiles),
      }));
      const stays = (entry: ProjectEntry): boolean => wanted.some((next) => isSame(next, entry));
      for (const entry of entries) if (!stays(entry)) close(entry);
      const profiles = profileNames(config.profiles);
      entries = wanted.map(
        (next) => entries.find((entry) => isSame(next, entry)) ?? { ...next, ...readersOf(next, profiles) },
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

type Settings = Pick<ProjectEntry, 'project' | 'profile'>;

function isSame(one: Settings, other: Settings): boolean {
  return (
    JSON.stringify(one.project) === JSON.stringify(other.project) &&
    JSON.stringify(one.profile.definition) === JSON.stringify(other.profile.definition)
  );
}
