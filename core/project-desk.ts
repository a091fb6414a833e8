import type { Config, ProjectConfig } from '../shared/contract/config.ts';
import type { AuditEntry } from '../shared/contract/record.ts';
import type { ProjectAdd, ProjectChange } from '../shared/contract/settings.ts';
import { isoNow, type Clock } from './clock.ts';
import { addProject, removeProject, setSetting } from './config-edit.ts';
import type { ConfigResult } from './config-file.ts';
import type { RecordStore } from './history/record.ts';
import { freeProjectId, projectFolder } from './project-naming.ts';
import { problemWords, type SettingsFile } from './settings-file.ts';

type Entry = Pick<ProjectConfig, 'id' | 'path' | 'profile'>;
/** Why not; the field that is at fault is null where it is the file as a whole. */
export interface ProjectProblem {
  readonly problem: string;
  readonly field: string | null;
}

/** The registry of projects as a page changes it; their folders and records stay as they are. */
export interface ProjectDesk {
  add(asked: ProjectAdd): Promise<Entry | ProjectProblem>;
  /** Null when there is no such project in the file. */
  change(id: string, asked: ProjectChange): Promise<Entry | ProjectProblem | null>;
  remove(id: string): Promise<{ readonly id: string; readonly removed: true } | ProjectProblem | null>;
}

export interface ProjectDeskParts {
  readonly clock: Clock;
  readonly who: string;
  readonly homeDir: string;
  readonly file: SettingsFile;
  readonly record: Pick<RecordStore, 'audit'>;
  readonly onChange: () => void;
}

export function createProjectDesk(parts: ProjectDeskParts): ProjectDesk {
  const { clock, who, homeDir, file, record, onChange } = parts;
  const acted = (act: string, project: string, cause: string, detail: AuditEntry['detail'] = {}): void => {
    record.audit({ at: isoNow(clock), actor: who, act, project, cause, detail });
    onChange();
  };
  const settings = (): Promise<ConfigResult> => file.check(() => undefined);

  return {
    async add({ path: said, id, profile }) {
      const folder = await projectFolder(said, homeDir);
      if ('problem' in folder) return { problem: folder.problem, field: 'path' };
      const known = await settings();
      if (!known.ok) return problemOf(known);
      const twin = known.config.projects.find((other) => other.path === folder.path);
      if (twin !== undefined) return { problem: `is judged already, as "${twin.id}"`, field: 'path' };
      const entry = { id: id ?? freeProjectId(folder.path, known.config), path: folder.path, profile };
      if (entry.id === 'infrastructure' || known.config.projects.some((other) => other.id === entry.id)) {
        return { problem: `there is already a project "${entry.id}"`, field: 'id' };
      }
      const result = await file.edit(addProject(entry));
      if (!result.ok) return problemOf(result);
      acted('project-added', entry.id, 'added by hand', { profile });
      return entry;
    },
    async change(id, asked) {
      const known = await settings();
      if (!known.ok) return problemOf(known);
      const index = indexOf(known.config, id);
      if (index < 0) return null;
      const folder = asked.path === undefined ? null : await projectFolder(asked.path, homeDir);
      if (folder !== null && 'problem' in folder) return { problem: folder.problem, field: 'path' };
      const next = { ...asked, ...folder };
      const result = await file.edit((document) => {
        for (const [key, value] of Object.entries(next))
          setSetting(['projects', index, key], value)(document);
      });
      if (!result.ok) return problemOf(result);
      acted('project-changed', id, Object.keys(next).join(', '));
      return entryOf(result.config, index);
    },
    async remove(id) {
      const known = await settings();
      if (!known.ok) return problemOf(known);
      const index = indexOf(known.config, id);
      if (index < 0) return null;
      const result = await file.edit(removeProject(index));
      if (!result.ok) return problemOf(result);
      acted('project-removed', id, 'removed by hand');
      return { id, removed: true };
    },
  };
}

function indexOf({ projects }: Config, id: string): number {
  return projects.findIndex((project) => project.id === id);
}

function entryOf({ projects }: Config, index: number): Entry | null {
  const project = projects[index];
  return project === undefined ? null : { id: project.id, path: project.path, profile: project.profile };
}

function problemOf(result: Exclude<ConfigResult, { ok: true }>): ProjectProblem {
  const [first] = result.problems;
  return first === undefined
    ? { problem: 'the settings cannot be read', field: null }
    : { problem: problemWords(first), field: first.key?.split('.').at(-1) ?? null };
}
