import { resolve } from 'node:path';

import type { SlotView } from '../../core/hooks/hook-slot.ts';
import type { Command, CommandIo } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { flags } from '../flags.ts';
import type { OpenedHooks } from '../hooks-place.ts';
import { UsageError } from '../usage-error.ts';

const HELP = `orch hooks install [repo] [--strict]
orch hooks uninstall | status [repo] [--json]

Git hooks that ask before a push to a deploy branch (pre-push), say what a commit counts as (commit-msg) and note
which task it belongs to (post-commit). A hook that is already there is kept, called first and put back.

  --strict  a push also stops when nothing can be asked (3) or a person should confirm it (4)
  --json    the answer as JSON

ORCH_DISABLE_HOOKS=1 switches them off. Deploy branches are each project's deployBranches; install again after
changing them. Status ends with 1 unless every hook is in place.
`;

export const hooks: Command = async (argv, io) => {
  const { values, positionals } = flags(argv, {
    strict: { type: 'boolean' },
    json: { type: 'boolean' },
    'without-core': { type: 'boolean' },
  });
  if (values.help === true) {
    io.out(HELP);
    return EXIT.ok;
  }
  const [verb, dir = '.', ...extra] = positionals;
  if (extra.length > 0) throw new UsageError(`one repository at a time, not "${extra.join(' ')}" as well`);
  switch (verb) {
    // What the hooks themselves call where there is neither Perl nor curl, or no core.
    case 'ask': {
      const { askForHook } = await import('../hook-question.ts');
      return askForHook(values['without-core'] === true, io);
    }
    case 'install':
    case 'uninstall':
    case 'status': {
      const place = await hooksPlace(resolve(io.cwd, dir), values.strict === true, io);
      if (place === null) return EXIT.usage;
      return VERBS[verb](place, values.json === true, io);
    }
    default:
      throw new UsageError('one of install, uninstall, status is needed');
  }
};

async function hooksPlace(dir: string, isStrict: boolean, io: CommandIo): Promise<OpenedHooks | null> {
  const { openHooksPlace } = await import('../hooks-place.ts');
  const place = await openHooksPlace(dir, isStrict, io);
  if (place.ok) return place.place;
  for (const problem of place.problems) io.err(`orch: ${problem}\n`);
  return null;
}

type Verb = (place: OpenedHooks, isJson: boolean, io: CommandIo) => Promise<number>;

const VERBS: Readonly<Record<'install' | 'uninstall' | 'status', Verb>> = {
  async install(place, isJson, io) {
    await place.fill();
    const views = await place.view();
    const { repository, branches } = place;
    if (isJson) io.out(json(place, views));
    else {
      io.out(`Hooks are in ${repository.hooksDir}: ${views.map(({ name }) => name).join(', ')}.\n`);
      io.out(`Pushes to ${branches.join(', ')} ask first.\n`);
      const kept = views.filter(({ hasKept }) => hasKept).map(({ name }) => name);
      if (kept.length > 0) io.out(`The ${kept.join(' and ')} that was there is called first.\n`);
    }
    for (const note of notes(place)) io.err(`orch: ${note}\n`);
    return EXIT.ok;
  },
  async uninstall(place, isJson, io) {
    const removed = await place.empty();
    if (isJson) io.out(`${JSON.stringify({ schemaVersion: 1, removed })}\n`);
    else if (removed.length === 0) io.out('No hook of ours was there.\n');
    else io.out(`Taken away: ${removed.join(', ')}.\n`);
    return EXIT.ok;
  },
  async status(place, isJson, io) {
    const views = await place.view();
    if (isJson) io.out(json(place, views));
    else for (const view of views) io.out(`${view.name.padEnd(12)} ${slotWords(view)}\n`);
    for (const note of notes(place)) io.err(`orch: ${note}\n`);
    if (io.env['ORCH_DISABLE_HOOKS'] === '1') io.err('orch: ORCH_DISABLE_HOOKS switches them off here.\n');
    return views.every(({ state }) => state === 'ours') ? EXIT.ok : EXIT.block;
  },
};

function json({ repository, projects, branches }: OpenedHooks, views: readonly SlotView[]): string {
  const { hooksDir, hooksPath } = repository;
  const answer = { schemaVersion: 1, hooksDir, hooksPath, projects, deployBranches: branches, hooks: views };
  return `${JSON.stringify(answer)}\n`;
}

function slotWords({ state, hasKept, isStrict }: SlotView): string {
  const also = `${isStrict ? ', strict' : ''}${hasKept ? ', calls the one that was there first' : ''}`;
  switch (state) {
    case 'ours':
      return `in place${also}`;
    case 'outdated':
      return `in place${also}, but written for other settings or an older version: install again`;
    case 'not-executable':
      return 'not executable, git passes it over: install again';
    case 'foreign':
      return 'another hook is there: install keeps it and calls it first';
    case 'none':
      return 'none';
  }
}

function notes({ repository, projects }: OpenedHooks): string[] {
  const found: string[] = [];
  if (projects.length === 0) {
    found.push(`no project is registered there yet: \`orch project add ${repository.mainDir}\``);
  }
  if (repository.isShared) {
    found.push(`core.hooksPath is ${repository.hooksPath ?? ''}: other repositories run these hooks too`);
  }
  if (repository.isTracked) {
    found.push(`${repository.hooksDir} is part of the work tree: do not commit these hooks`);
  }
  return found;
}
