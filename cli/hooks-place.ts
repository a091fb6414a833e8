import { stat } from 'node:fs/promises';

import { ensurePrivateDir } from '../core/atomic-file.ts';
import { readConfig } from '../core/config-file.ts';
import { projectsIn } from '../core/hooks/concerned-projects.ts';
import { findProgram } from '../core/hooks/find-program.ts';
import { gitProgram } from '../core/hooks/git-program.ts';
import { emptySlot, fillSlot, viewSlot, type SlotView } from '../core/hooks/hook-slot.ts';
import { readHookTemplates } from '../core/hooks/hook-templates.ts';
import type { HookFacts } from '../core/hooks/hook-text.ts';
import { findRepository, type Repository } from '../core/hooks/repository.ts';
import { productFiles } from '../core/product-files.ts';
import type { CommandIo } from './command.ts';
import { orchProgram } from './orch-program.ts';

/** The hooks of one repository, with all that is written into them. */
export interface OpenedHooks {
  readonly repository: Repository;
  readonly projects: readonly string[];
  readonly branches: readonly string[];
  view(): Promise<readonly SlotView[]>;
  fill(): Promise<void>;
  empty(): Promise<readonly string[]>;
}

const DEFAULT_BRANCHES = ['main', 'master'];

/** Finds repository, projects and templates; problems are sentences for the person. */
export async function openHooksPlace(
  dir: string,
  isStrict: boolean,
  io: CommandIo,
): Promise<{ ok: true; place: OpenedHooks } | { ok: false; problems: readonly string[] }> {
  const found = await findRepository(dir, gitProgram(io.env));
  if (!found.ok) return { ok: false, problems: [found.problem] };
  const { repository } = found;
  const { hooksDir } = repository;
  const stats = await stat(hooksDir).catch(() => null);
  if (stats?.isDirectory() === false) return { ok: false, problems: [noFolder(repository)] };
  const config = await readConfig(io.places.configPath);
  if (!config.ok) return { ok: false, problems: config.problems.map(({ text }) => text) };

  const all = config.config.projects;
  const inside = projectsIn({ root: repository.topDir, mainRoot: repository.mainDir }, all).map(
    ({ project }) => project,
  );
  const asked = repository.isShared ? all : inside;
  const branches = [...new Set(asked.flatMap(({ deployBranches }) => deployBranches))];
  const templates = await readHookTemplates(productFiles(io.productDir).resourcesDir);
  const facts: HookFacts = {
    stateDir: io.places.stateDir,
    ...orchProgram(io.productDir, {
      execPath: process.execPath,
      platform: process.platform,
      resourcesPath: (process as { resourcesPath?: string }).resourcesPath,
      appImagePath: io.env['APPIMAGE'],
    }),
    perlPath: await findProgram('perl', io.env),
    curlPath: await findProgram('curl', io.env),
    deployBranches: branches.length > 0 ? branches : DEFAULT_BRANCHES,
    strict: isStrict,
  };
  return {
    ok: true,
    place: {
      repository,
      projects: inside.map(({ id }) => id),
      branches: facts.deployBranches,
      view: () => Promise.all(templates.map((template) => viewSlot(hooksDir, template, facts))),
      async fill() {
        await ensurePrivateDir(io.places.stateDir);
        for (const template of templates) await fillSlot(hooksDir, template, facts);
      },
      async empty() {
        const removed: string[] = [];
        for (const { name } of templates) if (await emptySlot(hooksDir, name)) removed.push(name);
        return removed;
      },
    },
  };
}

function noFolder({ hooksDir, hooksPath }: Repository): string {
  return `core.hooksPath is ${hooksPath ?? ''}, and ${hooksDir} is no folder: \`git config --unset core.hooksPath\` lets git run hooks again`;
}
