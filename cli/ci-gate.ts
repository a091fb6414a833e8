import { readFile, realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';

import { readConfig } from '../core/config-file.ts';
import { createGetSmall } from '../core/energy/network-request.ts';
import { guardProject } from '../core/evidence/guard.ts';
import { folderId } from '../core/project-naming.ts';
import { profileNames } from '../core/project-profile.ts';
import { systemClock } from '../core/system-clock.ts';
import { withoutPrivateScores } from '../shared/consciousness/privacy.ts';
import { projectConfigSchema, type ProjectConfig } from '../shared/contract/config.ts';
import type { Decision } from '../shared/contract/decision.ts';
import type { ProfilesConfig } from '../shared/contract/profile-config.ts';
import { snapshotSchema, type ProjectState } from '../shared/contract/state.ts';
import type { ChangeType } from '../shared/contract/vocabulary.ts';
import { decide, type HaltFacts } from '../shared/policy/decide.ts';
import type { CommandIo } from './command.ts';
import { oneOf } from './flags.ts';
import { UsageError } from './usage-error.ts';

/** A runner hangs on a wall socket for all that a project can know. */
const RUNNER_POWER = {
  level: 'FULL',
  why: 'a build machine on mains',
  reservePercent: null,
  percent: null,
  onExternalPower: true,
  ageSeconds: 0,
} as const;
/** What a person said a day ago holds no more. */
const SHARED_STATE_MAX_AGE_MS = 24 * 60 * 60_000;
const MAX_SIZE_BYTES = 16 * 1024 * 1024;

export interface CiGateAsk {
  /** A folder, or the id of a registered project; the working folder when undefined. */
  readonly subject: string | undefined;
  readonly change: ChangeType | undefined;
  readonly profile: string | undefined;
  /** A snapshot that a core wrote; a HALT in it stands here too. */
  readonly stateFile: string | undefined;
}

/**
 * The verdict on a build machine, without a core: mains power, the repository's own evidence and report, and the
 * same rules. Well-being is left at neutral: a build machine knows nothing of the person. Throws a UsageError for
 * a subject that is none.
 */
export async function ciDecision(ask: CiGateAsk, io: CommandIo): Promise<Decision> {
  const { project, profiles } = await subjectOf(ask.subject ?? '.', io);
  const named = ask.profile === undefined ? null : oneOf(ask.profile, profileNames(profiles), '--profile');
  const guarded = await guardProject({
    project: { ...project, profile: named ?? project.profile },
    profiles,
    record: null,
    clock: systemClock,
    getSmall: createGetSmall(systemClock),
  });
  const { assessment, nowMs } = guarded;
  const shared =
    ask.stateFile === undefined ? null : await sharedState(ask.stateFile, assessment.id, nowMs, io);
  return decide(
    {
      nowMs,
      change: ask.change ?? project.defaultChange,
      project: {
        ...assessment,
        rules: guarded.profile.rules,
        scores: withoutPrivateScores(assessment.scores),
        // The log of a build is no place for the person's number.
        modeWhy: assessment.modeWhy?.replace(/well-being [\d.]+/, 'well-being') ?? null,
      },
      energy: RUNNER_POWER,
      infrastructure: null,
      machineAgeSeconds: null,
      halt: haltFrom(shared),
      waivers: [],
      observeOnly: [],
      extraReasons: [],
      expectedMinutes: null,
      localTime: (minutesAhead) => new Date(nowMs + minutesAhead * 60_000).toISOString().slice(11, 16),
    },
    { id: `ci-${nowMs.toString(36)}-${assessment.id}`, decidedAt: new Date(nowMs).toISOString() },
  );
}

interface Subject {
  readonly project: Omit<ProjectConfig, 'profile'> & { readonly profile: string | null };
  readonly profiles: ProfilesConfig;
}

async function subjectOf(subject: string, io: CommandIo): Promise<Subject> {
  const settings = await readConfig(io.places.configPath);
  const { projects, profiles } = settings.ok ? settings.config : { projects: [], profiles: {} };
  const path = await realpath(resolve(io.cwd, subject)).catch(() => null);
  const known = projects.find((project) => project.id === subject || project.path === path);
  if (known !== undefined) return { project: known, profiles };
  if (path === null || !(await stat(path)).isDirectory())
    throw new UsageError(`"${subject}" is neither a registered project nor a folder`);
  const defaults = projectConfigSchema.parse({ id: folderId(path), path });
  return { project: { ...defaults, profile: null }, profiles };
}

async function sharedState(
  file: string,
  projectId: string,
  nowMs: number,
  io: CommandIo,
): Promise<ProjectState | null> {
  const path = resolve(io.cwd, file);
  const stats = await stat(path).catch(() => null);
  const parsed = stats?.isFile() === true && stats.size <= MAX_SIZE_BYTES ? await snapshotIn(path) : null;
  if (parsed === null) {
    io.err(`orch: ${file} is no state a core wrote, left aside.\n`);
    return null;
  }
  const ageMs = nowMs - Date.parse(parsed.at);
  if (ageMs > SHARED_STATE_MAX_AGE_MS || ageMs < -5 * 60_000) {
    io.err(`orch: ${file} is of ${parsed.at}, left aside.\n`);
    return null;
  }
  return parsed.projects.find(({ id }) => id === projectId) ?? null;
}

async function snapshotIn(path: string): Promise<{ at: string; projects: ProjectState[] } | null> {
  try {
    const parsed = snapshotSchema
      .pick({ at: true, projects: true })
      .safeParse(JSON.parse(await readFile(path, 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

function haltFrom(state: ProjectState | null): HaltFacts | null {
  const halt = state?.halt ?? null;
  if (halt === null) return null;
  const untilMs = halt.until === null ? null : Date.parse(halt.until);
  return { by: halt.by, who: halt.who, why: halt.why, sinceMs: Date.parse(halt.since), untilMs };
}
