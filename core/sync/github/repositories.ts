import type { Config, ProjectConfig } from '../../../shared/contract/config.ts';
import type { GitHubConfig } from '../../../shared/contract/github-config.ts';

/** A repository and the projects in it: several where it holds several. */
export interface Repository {
  /** owner/name as it was typed. */
  readonly name: string;
  /** The settings of the first of its projects; they decide how GitHub is spoken to. */
  readonly github: GitHubConfig;
  readonly projects: readonly ProjectConfig[];
}

/** Every repository that a project names; GitHub does not tell letters of different case apart. */
export function repositoriesOf(config: Pick<Config, 'projects'>): readonly Repository[] {
  const found = new Map<string, Repository>();
  for (const project of config.projects) {
    const { github } = project;
    if (github === null) continue;
    const key = github.repository.toLowerCase();
    const known = found.get(key) ?? { name: github.repository, github, projects: [] };
    found.set(key, { ...known, projects: [...known.projects, project] });
  }
  return [...found.values()];
}

export function repositoryNamed(all: readonly Repository[], name: string): Repository | null {
  return all.find((one) => one.name.toLowerCase() === name.toLowerCase()) ?? null;
}
