import { rename, unlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

import { publicAlert } from '../shared/alerts/standing.ts';
import { withoutPrivateScores } from '../shared/consciousness/privacy.ts';
import type { ProjectConfig } from '../shared/contract/config.ts';
import type { ProjectState, Snapshot } from '../shared/contract/state.ts';
import { publicDecision } from '../shared/policy/public-decision.ts';
import type { Clock } from './clock.ts';
import { SNAPSHOT_FILENAME, type Places } from './places.ts';
import { createReplacedFile, type ReplacedFile } from './replaced-file.ts';

/** The last snapshot in files: beside the core's state, and in each project that asks for it. */
export interface SnapshotFiles {
  /**
   * Everybody may read these files, so nothing about the person is in them. A project that cannot be written to harms
   * no other.
   */
  write(entries: readonly { readonly project: ProjectConfig }[], snapshot: Snapshot): Promise<void>;
}

export function createSnapshotFiles(places: Places, clock: Clock): SnapshotFiles {
  // At once: the state folder holds the record too, which is written so; four trips through the pool cost more.
  const own = createReplacedFile(places.snapshotPath, clock);
  return { write: (entries, snapshot) => writeAll(own, entries, snapshot) };
}

async function writeAll(
  own: ReplacedFile,
  entries: readonly { readonly project: ProjectConfig }[],
  snapshot: Snapshot,
): Promise<void> {
  const json = `${JSON.stringify(publicSnapshot(snapshot))}\n`;
  const wanting = entries.filter(({ project }) => project.writeSnapshot);
  const results = await Promise.allSettled([
    Promise.resolve().then(() => own.replace(json)),
    ...wanting.map(({ project }) => replaceFile(join(project.path, SNAPSHOT_FILENAME), json)),
  ]);
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}

function publicSnapshot(snapshot: Snapshot): object {
  return {
    ...snapshot,
    projects: snapshot.projects.map(publicProject),
    alerts: snapshot.alerts.map(publicAlert),
  };
}

/**
 * What people typed as reasons of a HALT or a waiver stays out; what it does to a verdict is told by the decision.
 * Undefined is left out of the text, as a deleted property is, and costs a fraction of one.
 */
function publicProject(project: ProjectState): object {
  const { scores, scoreDetails, decisions } = project;
  return {
    ...project,
    halt: undefined,
    waivers: undefined,
    scores: withoutPrivateScores(scores),
    scoreDetails: scoreDetails && withoutPrivateScores(scoreDetails),
    decisions: publicDecisions(decisions),
  };
}

/** Mostly nothing in them is private, and a copy of all costs more than the look. */
function publicDecisions(decisions: ProjectState['decisions']): ProjectState['decisions'] {
  if (Object.values(decisions).every((decision) => publicDecision(decision) === decision)) return decisions;
  const entries = Object.entries(decisions).map(([change, decision]) => [change, publicDecision(decision)]);
  return Object.fromEntries(entries) as ProjectState['decisions'];
}

/**
 * By rename, so that no reader sees half of one. Not synced to the disk: it is made anew every tick, and after a
 * power cut the next core writes it within seconds.
 */
async function replaceFile(path: string, text: string): Promise<void> {
  const temporaryPath = temporaryBeside(path);
  try {
    await writeFile(temporaryPath, text, { mode: 0o644 });
    await rename(temporaryPath, path);
  } catch (error) {
    await unlink(temporaryPath).catch(() => undefined);
    throw error;
  }
}

function temporaryBeside(path: string): string {
  return join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
}
