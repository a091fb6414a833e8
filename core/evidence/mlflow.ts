import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import type { ModelMetrics } from '../../shared/consciousness/model-health.ts';
import type { Clock } from '../clock.ts';
import { FileProblem } from '../projects/file-problem.ts';
import { fileStamp, type FileStamp } from '../projects/file-stamp.ts';
import { fileProblemText, isAbsent, pathInside } from '../projects/inside-project.ts';
import { plainText } from '../projects/plain-text.ts';
import { createEvidenceFiles, type EvidenceFiles, type EvidenceReading } from './evidence-file.ts';
import { linesOf, type Sliced } from './sliced.ts';

/** The newest run's metrics. */
export interface MlflowRun {
  readonly model: ModelMetrics;
  /** "mlruns/0/3f2a.../metrics" */
  readonly source: string;
  /** Of its newest metric. */
  readonly atMs: number;
}

interface Meta {
  readonly startedAtMs: number;
  readonly isDeleted: boolean;
}

interface Point {
  readonly value: number;
  readonly atMs: number;
}

const MOST_EXPERIMENTS = 50;
const MOST_RUNS = 500;
/** What a metric is called by those who log it; the first that is there counts. */
const NAMES: Readonly<Record<keyof ModelMetrics, readonly string[]>> = {
  accuracy: ['accuracy', 'test_accuracy', 'eval_accuracy', 'val_accuracy'],
  drift: ['drift', 'data_drift'],
  latencyMs: ['latency_ms', 'latencyMs', 'inference_latency_ms'],
};
const RANGES: Readonly<Record<keyof ModelMetrics, readonly [least: number, most: number]>> = {
  accuracy: [0, 1],
  drift: [0, 1],
  latencyMs: [0, 86_400_000],
};

export interface MlflowReader {
  /** `file` is the tracking folder inside the project. Null when it holds no run. Never throws. */
  newestRun(place: {
    readonly dir: string;
    readonly file: string;
  }): Promise<EvidenceReading<MlflowRun | null>>;
}

/**
 * MLflow's file store: `<experiment>/<run>/meta.yaml` and `metrics/<name>` with a `timestamp value step` a line.
 * Of the runs that are not deleted the one that started last counts.
 */
export function createMlflowReader(clock: Clock, stampOf: FileStamp = fileStamp): MlflowReader {
  const metas = createEvidenceFiles<Meta>({ limitBytes: 64 * 1024, parse: parseMeta }, clock, stampOf);
  const metrics = createEvidenceFiles<Point>(
    { limitBytes: 4 * 1024 * 1024, parse: parseMetric },
    clock,
    stampOf,
  );
  return {
    async newestRun(place) {
      try {
        const root = await pathInside(place);
        const runs = await runsIn(root, place, metas);
        const newest = runs.reduce<(typeof runs)[number] | null>(
          (one, other) => (one === null || other.startedAtMs > one.startedAtMs ? other : one),
          null,
        );
        if (newest === null) return { kind: 'read', value: null, changedAtMs: 0 };
        const run = await metricsOf(newest.file, place.dir, metrics);
        return { kind: 'read', value: run, changedAtMs: run?.atMs ?? 0 };
      } catch (error) {
        if (isAbsent(error)) return { kind: 'absent' };
        return { kind: 'problem', problem: fileProblemText(place.file, error) };
      }
    },
  };
}

async function runsIn(
  root: string,
  { dir, file }: { readonly dir: string; readonly file: string },
  metas: EvidenceFiles<Meta>,
): Promise<{ readonly file: string; readonly startedAtMs: number }[]> {
  const runs: { file: string; startedAtMs: number }[] = [];
  let looked = 0;
  for (const experiment of (await foldersIn(root)).slice(0, MOST_EXPERIMENTS)) {
    for (const run of await foldersIn(join(root, experiment))) {
      if (run === 'models' || run === 'traces') continue;
      looked += 1;
      if (looked > MOST_RUNS)
        throw new FileProblem(`holds more than ${MOST_RUNS} runs; name an MLflow folder with fewer`);
      const runFile = join(file, experiment, run);
      const meta = await metas.read({ dir, file: join(runFile, 'meta.yaml') });
      if (meta.kind === 'read' && !meta.value.isDeleted)
        runs.push({ file: runFile, startedAtMs: meta.value.startedAtMs });
    }
  }
  return runs;
}

async function foldersIn(path: string): Promise<string[]> {
  const entries: Dirent[] = await readdir(path, { withFileTypes: true });
  // Links among them are not followed; `.trash` holds deleted experiments.
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .sort();
}

async function metricsOf(
  runFile: string,
  dir: string,
  files: EvidenceFiles<Point>,
): Promise<MlflowRun | null> {
  const model: Record<keyof ModelMetrics, number | null> = { accuracy: null, drift: null, latencyMs: null };
  let atMs = 0;
  for (const key of Object.keys(NAMES) as (keyof ModelMetrics)[]) {
    for (const name of NAMES[key]) {
      const file = join(runFile, 'metrics', name);
      const reading = await files.read({ dir, file });
      if (reading.kind === 'absent') continue;
      if (reading.kind === 'problem') throw new FileProblem(`: ${reading.problem}`);
      const [least, most] = RANGES[key];
      const { value } = reading.value;
      if (value < least || value > most)
        throw new FileProblem(
          `: ${plainText(file, 200)} ${value} is given; a number from ${least} to ${most} is expected`,
        );
      model[key] = value;
      atMs = Math.max(atMs, reading.value.atMs);
      break;
    }
  }
  if (model.accuracy === null && model.drift === null && model.latencyMs === null) return null;
  return { model, source: join(runFile, 'metrics'), atMs };
}

/** The two lines of MLflow's meta.yaml that matter; the rest of it is not ours to understand. */
// eslint-disable-next-line require-yield -- a few lines
function* parseMeta(text: string): Sliced<Meta> {
  const startedAt = /^start_time:\s*(\d{1,16})\s*$/m.exec(text)?.[1];
  if (startedAt === undefined) throw new FileProblem(':1 start_time: a whole number is expected');
  return { startedAtMs: Number(startedAt), isDeleted: /^lifecycle_stage:\s*['"]?deleted/m.test(text) };
}

/** The value at the highest step, and of those the newest: what MLflow itself shows as the latest. */
function* parseMetric(text: string): Sliced<Point> {
  let latest: (Point & { readonly step: number }) | null = null;
  for (const [line, number] of linesOf(text)) {
    if (number % 4000 === 0) yield;
    if (line.trim() === '') continue;
    const [stamp = '', value = '', step = '0', ...more] = line.trim().split(/\s+/);
    if (!/^\d{1,16}$/.test(stamp) || !/^-?\d{1,16}$/.test(step) || more.length > 0)
      throw new FileProblem(`:${number} "${plainText(line, 40)}"; "timestamp value step" is expected`);
    if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(value) || !Number.isFinite(Number(value)))
      throw new FileProblem(`:${number} value: "${plainText(value, 40)}" is no number`);
    const point = { value: Number(value), atMs: Number(stamp), step: Number(step) };
    const isLater =
      latest === null ||
      point.step > latest.step ||
      (point.step === latest.step && point.atMs >= latest.atMs);
    if (isLater) latest = point;
  }
  if (latest === null) throw new FileProblem(':1 the file is empty', true);
  return { value: latest.value, atMs: latest.atMs };
}
