import { realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';

import { addProject, editConfig, removeProject } from '../../core/config-edit.ts';
import { readConfig } from '../../core/config-file.ts';
import { profileNames } from '../../core/project-profile.ts';
import { freeProjectId } from '../../core/project-naming.ts';
import type { Config, ProjectConfig } from '../../shared/contract/config.ts';
import type { Command, CommandIo } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { flags, oneOf } from '../flags.ts';
import { UsageError } from '../usage-error.ts';

const HELP = `orch project add <path> [--id ID] [--profile P]
orch project list | show <id> | remove <id>

P is business, ml, infrastructure or one of \`profiles\` in the settings; \`list\` names those after the projects.
Works with or without a running core; a running one takes the change over at once.
`;

export const project: Command = async (argv, io) => {
  const { values, positionals } = flags(argv, {
    id: { type: 'string' },
    profile: { type: 'string' },
    json: { type: 'boolean' },
  });
  if (values.help === true) {
    io.out(HELP);
    return EXIT.ok;
  }
  const [verb, subject] = positionals;
  const isJson = values.json === true;
  switch (verb) {
    case 'add':
      if (subject === undefined) throw new UsageError('which folder?');
      return add(resolve(io.cwd, subject), values, isJson, io);
    case 'list':
      return list(isJson, io);
    case 'show':
    case 'remove':
      if (subject === undefined) throw new UsageError('which project? `orch project list` names them');
      return verb === 'show' ? show(subject, isJson, io) : remove(subject, isJson, io);
    default:
      throw new UsageError('one of add, list, show, remove is needed');
  }
};

async function add(
  path: string,
  values: { id?: string | undefined; profile?: string | undefined },
  isJson: boolean,
  io: CommandIo,
): Promise<number> {
  const found = await stat(path).catch(() => null);
  if (found?.isDirectory() !== true) throw new UsageError(`${path} is not a folder`);
  const settings = await settingsOr(io);
  if (settings === null) return EXIT.usage;
  const added = {
    id: values.id ?? freeProjectId(path, settings),
    path: await realpath(path),
    profile:
      values.profile === undefined
        ? 'business'
        : oneOf(values.profile, profileNames(settings.profiles), '--profile'),
  };
  const known = settings.projects.find((other) => other.path === added.path && other.id === added.id);
  if (known === undefined && settings.projects.some((other) => other.id === added.id)) {
    throw new UsageError(`there is already a project "${added.id}"; choose another with --id`);
  }
  if (known === undefined) {
    const result = await editConfig(io.places, addProject(added));
    if (!result.ok) return complain(result.problems, io);
  }
  io.out(
    isJson
      ? `${JSON.stringify({ schemaVersion: 1, ...added })}\n`
      : `${added.id} is judged as ${added.profile}: ${added.path}\n`,
  );
  return EXIT.ok;
}

async function list(isJson: boolean, io: CommandIo): Promise<number> {
  const settings = await settingsOr(io);
  if (settings === null) return EXIT.usage;
  const machine = { id: 'infrastructure', path: null, profile: 'infrastructure' };
  const rows = [...settings.projects.map(({ id, path, profile }) => ({ id, path, profile })), machine];
  const profiles = Object.entries(settings.profiles).map(([name, own]) => ({ name, extends: own.extends }));
  if (isJson) {
    io.out(`${JSON.stringify({ schemaVersion: 1, projects: rows, profiles })}\n`);
    return EXIT.ok;
  }
  for (const row of rows)
    io.out(`${row.id.padEnd(24)} ${row.profile.padEnd(15)} ${row.path ?? 'this machine'}\n`);
  for (const own of profiles) io.out(`profile ${own.name.padEnd(16)} extends ${own.extends}\n`);
  return EXIT.ok;
}

async function show(id: string, isJson: boolean, io: CommandIo): Promise<number> {
  const found = await projectOr(id, io);
  if (found === null) return EXIT.usage;
  if (isJson) io.out(`${JSON.stringify({ schemaVersion: 1, ...found.project })}\n`);
  else
    for (const [key, value] of Object.entries(found.project))
      io.out(`${key.padEnd(14)} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}\n`);
  return EXIT.ok;
}

async function remove(id: string, isJson: boolean, io: CommandIo): Promise<number> {
  const found = await projectOr(id, io);
  if (found === null) return EXIT.usage;
  const result = await editConfig(io.places, removeProject(found.index));
  if (!result.ok) return complain(result.problems, io);
  io.out(
    isJson
      ? `${JSON.stringify({ schemaVersion: 1, removed: id })}\n`
      : `${id} is no longer judged. Its folder was not touched.\n`,
  );
  return EXIT.ok;
}

async function projectOr(
  id: string,
  io: CommandIo,
): Promise<{ project: ProjectConfig; index: number } | null> {
  const settings = await settingsOr(io);
  if (settings === null) return null;
  const index = settings.projects.findIndex((other) => other.id === id);
  const found = settings.projects[index];
  if (found === undefined) throw new UsageError(`no project "${id}"; \`orch project list\` names them`);
  return { project: found, index };
}

async function settingsOr(io: CommandIo): Promise<Config | null> {
  const result = await readConfig(io.places.configPath);
  if (result.ok) return result.config;
  complain(result.problems, io);
  return null;
}

function complain(problems: readonly { text: string }[], io: CommandIo): number {
  for (const problem of problems) io.err(`${problem.text}\n`);
  return EXIT.usage;
}
