import { lstat, realpath, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { readConfig } from '../../core/config-file.ts';
import { createGetSmall } from '../../core/energy/network-request.ts';
import { guardProject, type Guarded } from '../../core/evidence/guard.ts';
import { guardReport } from '../../core/evidence/guard-report.ts';
import { recordFacts } from '../../core/evidence/record-facts.ts';
import { plainDetail } from '../../core/evidence/score-diary.ts';
import { readRecord } from '../../core/history/read-only-record.ts';
import { folderId } from '../../core/project-naming.ts';
import { profileNames } from '../../core/project-profile.ts';
import { plainText } from '../../core/projects/plain-text.ts';
import { writeReport } from '../../core/projects/report-writer.ts';
import { systemClock } from '../../core/system-clock.ts';
import type { ChosenScores } from '../../shared/consciousness/chosen-score.ts';
import { withoutPrivateScores } from '../../shared/consciousness/privacy.ts';
import type { ProfileDefinition } from '../../shared/consciousness/profile-definition.ts';
import type { RecordFacts } from '../../shared/consciousness/stability.ts';
import { projectConfigSchema, type ProjectConfig } from '../../shared/contract/config.ts';
import { evidenceConfigSchema } from '../../shared/contract/evidence-config.ts';
import type { ProfilesConfig } from '../../shared/contract/profile-config.ts';
import type { Deployment, Incident } from '../../shared/contract/record.ts';
import type { Command, CommandIo } from '../command.ts';
import { askCore } from '../core-client.ts';
import { EXIT } from '../exit-codes.ts';
import { flags, oneOf } from '../flags.ts';
import { guardScreen, type GuardView } from '../guard-screen.ts';
import { UsageError } from '../usage-error.ts';

const HELP = `orch guard <project or path> [options]: evaluate the scores from the project's evidence

  --write            write .consciousness_report.json; fields it does not know are kept
  --profile P        business, ml, infrastructure or one of the settings (default: the settings, else the report, else business)
  --coverage FILE    lcov.info or coverage-summary.json
  --tests PLACE      JUnit XML file, or a folder of them; may be given several times
  --embeddings FILE  search evaluation, one JSON object a line
  --model FILE       metrics of the model; --baseline FILE those it is held against
  --mlflow FOLDER    MLflow's tracking folder
  --health URL       address that answers 2xx while a service is well; may be given several times
  --json             scores, inputs and weights

Needs no running core, and the path of a project that is not registered will do. Places are relative to the
project; what is not named is looked for in the usual places. Exit codes: 0 unless HALT, 1 HALT, 3 too little
evidence.
`;

type Target = Omit<ProjectConfig, 'profile'> & {
  readonly profile: ProjectConfig['profile'] | null;
  readonly isRegistered: boolean;
  readonly profiles: ProfilesConfig;
};

export const guard: Command = async (argv, io) => {
  const { values, positionals } = flags(argv, {
    write: { type: 'boolean' },
    profile: { type: 'string' },
    coverage: { type: 'string' },
    tests: { type: 'string', multiple: true },
    embeddings: { type: 'string' },
    model: { type: 'string' },
    baseline: { type: 'string' },
    mlflow: { type: 'string' },
    health: { type: 'string', multiple: true },
    json: { type: 'boolean' },
  });
  if (values.help === true) {
    io.out(HELP);
    return EXIT.ok;
  }
  const [subject, ...extra] = positionals;
  if (subject === undefined) throw new UsageError('which project or folder?');
  if (extra.length > 0) throw new UsageError(`one project at a time, not "${extra.join(' ')}" as well`);
  const target = await targetOf(subject, io);
  const profile =
    values.profile === undefined
      ? target.profile
      : oneOf(values.profile, profileNames(target.profiles), '--profile');
  const named = {
    coverage: values.coverage,
    tests: values.tests,
    embeddings: values.embeddings,
    model: values.model,
    modelBaseline: values.baseline,
    mlflow: values.mlflow,
    healthUrls: values.health,
  };
  const given = Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined));
  const evidence = evidenceConfigSchema.safeParse({ ...target.evidence, ...given });
  if (!evidence.success) {
    const [issue] = evidence.error.issues;
    throw new UsageError(`${String(issue?.path[0] ?? 'evidence')} ${issue?.message ?? 'is not understood'}`);
  }
  const guarded = await guardProject({
    project: { ...target, profile, evidence: evidence.data },
    profiles: target.profiles,
    record: target.isRegistered ? await recordOf(target.id, io) : null,
    clock: systemClock,
    getSmall: createGetSmall(systemClock),
  });
  const written = values.write === true ? await writeOut(target, guarded, io) : null;
  if (written === false) return EXIT.block;
  const view = viewOf(guarded, target.path, written);
  io.out(values.json === true ? `${JSON.stringify(view)}\n` : guardScreen(view));
  return exitCode(guarded, io);
};

/** A registered project by its id or its folder, else a folder with nothing but defaults. */
async function targetOf(subject: string, io: CommandIo): Promise<Target> {
  const settings = await readConfig(io.places.configPath);
  const { projects, profiles } = settings.ok ? settings.config : { projects: [], profiles: {} };
  const byId = projects.find(({ id }) => id === subject);
  if (byId !== undefined) return checked({ ...byId, isRegistered: true, profiles });
  const path = await realpath(resolve(io.cwd, subject)).catch(() => null);
  if (path === null) throw new UsageError(`"${subject}" is neither a registered project nor a folder`);
  const byPath = projects.find((project) => project.path === path);
  if (byPath !== undefined) return checked({ ...byPath, isRegistered: true, profiles });
  if (!settings.ok)
    io.err(`orch: the settings are left aside: ${settings.problems[0]?.text ?? 'they cannot be read'}\n`);
  const defaults = projectConfigSchema.parse({ id: folderId(path), path });
  return checked({ ...defaults, profile: null, isRegistered: false, profiles });
}

async function checked(target: Target): Promise<Target> {
  const found = await stat(target.path).catch(() => null);
  if (found?.isDirectory() !== true) throw new UsageError(`${target.path} is not a folder`);
  return target;
}

/** From the running core, else from its database. */
async function recordOf(id: string, io: CommandIo): Promise<RecordFacts | null> {
  const query = `?project=${encodeURIComponent(id)}`;
  const [deployments, incidents] = await Promise.all([
    askCore(io.places, 'GET', `/v1/deployments${query}`),
    askCore(io.places, 'GET', `/v1/incidents${query}`),
  ]);
  if (deployments.reached && incidents.reached && deployments.status === 200 && incidents.status === 200)
    return recordFacts(
      JSON.parse(deployments.body) as Deployment[],
      JSON.parse(incidents.body) as Incident[],
    );
  return readRecord(io.places.historyPath, id, io.nowMs());
}

/** The path written, null when there was nothing to write, false when it failed. */
async function writeOut(target: Target, guarded: Guarded, io: CommandIo): Promise<string | null | false> {
  const report = guardReport(guarded, io.version);
  if (report === null) {
    io.err('orch: no score could be evaluated, so no report was written.\n');
    return null;
  }
  const place = await lstat(join(target.path, target.report)).catch(() => null);
  if (place !== null && !place.isFile()) {
    io.err(`orch: ${target.report} is no regular file and was not replaced.\n`);
    return false;
  }
  try {
    return await writeReport({ dir: target.path, file: target.report }, report);
  } catch (error) {
    io.err(`orch: the report could not be written: ${plainText((error as Error).message, 300)}\n`);
    return false;
  }
}

/** Nothing about the person goes on screen or into the log of a CI run. */
function viewOf({ assessment, chosen, commit }: Guarded, path: string, written: string | null): GuardView {
  const details = Object.entries(chosen).map(([name, score]) => [name, plainDetail(score)] as const);
  return {
    schemaVersion: 1,
    project: assessment.id,
    path,
    profile: assessment.profile,
    commit,
    mode: assessment.mode,
    modeWhy: assessment.modeWhy?.replace(/well-being [\d.]+/, 'well-being') ?? null,
    scores: withoutPrivateScores(assessment.scores),
    confidence: assessment.confidence,
    freshness: assessment.freshness,
    scoreDetails: Object.fromEntries(details),
    problem: assessment.problem,
    written,
  };
}

function exitCode({ assessment, profile: { definition }, chosen }: Guarded, io: CommandIo): number {
  if (assessment.mode === 'HALT') return EXIT.block;
  if (Object.keys(chosen).length === 0) {
    io.err('orch: this profile is judged by the machine itself; `orch sense` and `orch status` show it.\n');
    return EXIT.unknown;
  }
  const isEnough = definition.base === 'business' ? assessment.mode !== null : hasNeeded(definition, chosen);
  if (!isEnough) io.err('orch: too little evidence to judge by.\n');
  return isEnough ? EXIT.ok : EXIT.unknown;
}

/** Every score of the project's evidence that it cannot be judged without. */
function hasNeeded({ scores }: ProfileDefinition, chosen: ChosenScores): boolean {
  return scores.every(
    ({ score, source, weight }) =>
      source !== 'evidence' || weight === 0 || (chosen[score]?.value ?? null) !== null,
  );
}
