import { isAbsolute, join } from 'node:path';

import { ok, problem, warning } from '../check.ts';
import type { DoctorCheck, DoctorPorts } from '../check.ts';

/** The hooks a gate may stand in. */
const HOOK_NAMES = ['pre-commit', 'commit-msg', 'pre-merge-commit', 'pre-push'];
/** A hook of ours calls the gate. */
const CALLS_GATE = /\borch\b[^\n]*\bgate\b/;

type Gate = 'in-place' | 'none' | 'not-executable' | 'not-a-repository' | 'not-known';

/** Git hooks of every registered project: in place, able to run, and not switched off. */
export const hooks: DoctorCheck = {
  id: 'hooks',
  title: 'Git hooks',
  applicable: ({ config }) => config.ok && config.config.projects.length > 0,
  async check(ports) {
    const { config, env } = ports.facts;
    const projects = config.ok ? config.config.projects : [];
    const gates = await Promise.all(
      projects.map(async ({ id, path }) => ({ id, path, gate: await gateOf(ports, path) })),
    );
    const details = gates.map(({ id, gate }) => `${id}: ${WORDS[gate]}`);
    const stuck = gates.filter(({ gate }) => gate === 'not-executable');
    if (stuck.length > 0) {
      const names = stuck.map(({ id }) => id).join(', ');
      return problem(
        `The hook of ${names} cannot run, and git says nothing about it.`,
        `orch hooks install ${stuck[0]?.path ?? ''}`,
        details,
      );
    }
    if (env['ORCH_DISABLE_HOOKS'] === '1') {
      return warning(
        'Hooks are switched off by ORCH_DISABLE_HOOKS.',
        'Unset it to have gates again.',
        details,
      );
    }
    const inPlace = gates.filter(({ gate }) => gate === 'in-place').length;
    return ok(`${inPlace} of ${gates.length} projects have a gate in their hooks.`, details);
  },
};

const WORDS: Readonly<Record<Gate, string>> = {
  'in-place': 'gate in place',
  none: 'no gate; `orch hooks install` puts one there',
  'not-executable': 'gate in place but not executable',
  'not-a-repository': 'not a git repository',
  'not-known': 'not known: git does not answer',
};

async function gateOf({ run, files }: DoctorPorts, projectPath: string): Promise<Gate> {
  // git itself knows about core.hooksPath and worktrees.
  const asked = await run('git', ['-C', projectPath, 'rev-parse', '--git-path', 'hooks']);
  if (asked.kind !== 'ended') return 'not-known';
  if (asked.code !== 0) return 'not-a-repository';
  const told = asked.out.trim();
  const dir = isAbsolute(told) ? told : join(projectPath, told);
  for (const name of HOOK_NAMES) {
    const path = join(dir, name);
    const text = await files.readText(path);
    if (text === null || !CALLS_GATE.test(text)) continue;
    const about = await files.about(path);
    return about !== null && (about.mode & 0o100) === 0 ? 'not-executable' : 'in-place';
  }
  return 'none';
}
