import type { Config, ProjectConfig } from '../../../shared/contract/config.ts';
import type { GitHubConfig } from '../../../shared/contract/github-config.ts';
import type { Snapshot } from '../../../shared/contract/state.ts';

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

/** Where projects of one repository have other settings than the one that counts; one note for all of them. */
export function settingNotes(all: readonly Repository[]): Snapshot['notes'] {
  const lines = all.flatMap(({ name, github: counts, projects: [first, ...others] }) => {
    const unlike = others.flatMap(({ id, github }) => {
      const keys = github === null ? [] : SHARED.filter((key) => !isSame(github[key], counts[key]));
      return keys.length === 0 ? [] : [{ id, keys }];
    });
    if (first === undefined || unlike.length === 0) return [];
    const ids = [first.id, ...unlike.map(({ id }) => id)];
    const keys = SHARED.filter((key) => unlike.some((one) => one.keys.includes(key)));
    const who = `${ids.slice(0, -1).join(', ')} and ${ids.at(-1)}`;
    return [
      `The projects ${who} share the GitHub repository ${name} with other settings (${keys.join(', ')}): those of ${first.id} count.`,
    ];
  });
  return lines.length === 0 ? [] : [{ code: 'github-settings', text: lines.join(' ') }];
}

/** What there can be only one of in a repository; the other settings are each project's own. */
const SHARED = [
  'apiUrl',
  'tokenFile',
  'app',
  'commitStatus',
  'checkRuns',
  'deploymentProtection',
  'autoMergeLabel',
  'mergeMethod',
  'poll',
] as const satisfies readonly (keyof GitHubConfig)[];

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
