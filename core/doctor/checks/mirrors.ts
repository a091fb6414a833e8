import { plainSecretPath, sealedSecretPath, secretsDir } from '../../secret-files.ts';
import { notApplicable, ok, problem, warning } from '../check.ts';
import type { DoctorCheck, DoctorPorts } from '../check.ts';

/** An older snapshot says nothing about now. */
const RECENT_MS = 10 * 60_000;

/** Whether what is mirrored elsewhere arrives, as the running core says, and whether its key is kept from others. */
export const mirrors: DoctorCheck = {
  id: 'mirrors',
  title: 'Mirrors',
  applicable: () => true,
  async check(ports) {
    const keyProblem = await keyOfManus(ports);
    if (keyProblem !== null) return keyProblem;
    const mirrored = await mirrorsOfCore(ports);
    if (mirrored === null) return notApplicable('No core has said anything about them lately.');
    if (mirrored.length === 0) return notApplicable('Nothing is mirrored elsewhere.');
    const details = mirrored.map(lineOf);
    const stopped = mirrored.filter(({ state }) => state === 'stopped');
    if (stopped.length > 0)
      return problem(`${namesOf(stopped)} takes nothing until it is mended.`, 'Mend what is named.', details);
    const troubled = mirrored.filter(({ state, problem: why }) => state === 'failing' || why !== null);
    if (troubled.length > 0)
      return warning(
        `${namesOf(troubled)} does not get everything.`,
        'It is tried again by itself.',
        details,
      );
    return ok('What is told elsewhere arrives.', details);
  },
};

async function keyOfManus({ facts, files, places }: DoctorPorts): Promise<ReturnType<typeof problem> | null> {
  if (!facts.config.ok) return null;
  const { enabled, keyFile } = facts.config.config.sync.manus;
  if (!enabled) return null;
  const dir = secretsDir(places.stateDir);
  const path = keyFile ?? plainSecretPath(dir, 'manus-key');
  const about = await files.about(path);
  if (about === null) {
    if (keyFile === null && (await files.about(sealedSecretPath(dir, 'manus-key'))) !== null) return null;
    return problem(
      'There is no API key for Manus.',
      keyFile === null
        ? 'Set it in the settings, or with `orch sync key`.'
        : `Put it into ${keyFile} and chmod 600 it.`,
    );
  }
  // A group may read a file of the person's own choice; a secret of ours is for its owner.
  const isOpen = facts.platform !== 'win32' && (about.mode & (keyFile === null ? 0o077 : 0o027)) !== 0;
  return isOpen
    ? problem('The API key of Manus can be read by others and is not used.', `chmod 600 ${path}`)
    : null;
}

interface ToldMirror {
  readonly name: string;
  readonly state: string;
  readonly problem: string | null;
  readonly queuedCount: number;
  readonly deadCount: number;
  readonly lastSuccessAt: string | null;
  readonly nextTryAt: string | null;
}

function lineOf({
  name,
  problem: why,
  queuedCount,
  deadCount,
  lastSuccessAt,
  nextTryAt,
}: ToldMirror): string {
  const parts = [
    why ?? 'all is well',
    `${queuedCount} waiting`,
    ...(deadCount > 0 ? [`${deadCount} given up`] : []),
    `last success ${lastSuccessAt ?? 'never'}`,
    ...(nextTryAt === null ? [] : [`next try ${nextTryAt}`]),
  ];
  return `${name}: ${parts.join('; ')}`;
}

function namesOf(mirrored: readonly ToldMirror[]): string {
  return mirrored.map(({ name }) => name.charAt(0).toUpperCase() + name.slice(1)).join(', ');
}

/** From the last snapshot's file; null when there is none that is recent and whole. */
async function mirrorsOfCore({ files, places, clock }: DoctorPorts): Promise<readonly ToldMirror[] | null> {
  const text = await files.readText(places.snapshotPath);
  if (text === null) return null;
  try {
    const { at, sync } = JSON.parse(text) as { at?: unknown; sync?: unknown };
    const ageMs = clock.wallMs() - Date.parse(String(at));
    if (!(ageMs < RECENT_MS) || typeof sync !== 'object' || sync === null) return null;
    return Object.entries(sync).flatMap(([name, told]) => {
      const mirror = (told ?? {}) as Partial<Record<keyof ToldMirror, unknown>>;
      const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
      const state = textOf(mirror.state);
      if (state === null || state === 'off') return [];
      return [
        {
          name,
          state,
          problem: textOf(mirror.problem),
          queuedCount: Number(mirror.queuedCount ?? 0),
          deadCount: Number(mirror.deadCount ?? 0),
          lastSuccessAt: textOf(mirror.lastSuccessAt),
          nextTryAt: textOf(mirror.nextTryAt),
        },
      ];
    });
  } catch {
    return null;
  }
}
