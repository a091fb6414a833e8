import {
  unmeasured,
  type Measure,
  type Measurement,
  type Measurements,
} from '../../shared/consciousness/measurement.ts';
import { modelMeasurements, type ModelMetrics } from '../../shared/consciousness/model-health.ts';
import {
  isMadeOf,
  profileDefinition,
  type ProfileChoice,
} from '../../shared/consciousness/profile-definition.ts';
import type { EvidenceConfig } from '../../shared/contract/evidence-config.ts';
import type { Clock } from '../clock.ts';
import { coverageReader } from './coverage-summary.ts';
import { embeddingReader } from './embedding-evaluation.ts';
import type { FileStamp } from '../projects/file-stamp.ts';
import { createFolderListing } from '../projects/folder-listing.ts';
import { createEvidenceFiles } from './evidence-file.ts';
import { junitReader } from './junit.ts';
import { createMlflowReader } from './mlflow.ts';
import { modelReader, type StatedMetrics } from './model-metrics.ts';
import { testsMeasurement } from './test-results.ts';
import { USUAL_COVERAGE, USUAL_TESTS, usualPlacesAmong } from './usual-places.ts';

export interface FilesParts {
  readonly dir: string;
  readonly profile: ProfileChoice;
  readonly settings: EvidenceConfig;
  readonly clock: Clock;
  readonly stampOf: FileStamp;
}

export interface ProjectFiles {
  /** Reads what changed. `latencyMs`: as served now, where that is measured; it wins over what a file states. */
  read(latencyMs: number | null): Promise<Measurements>;
}

/** What the files of one project say. Named files that are not there apply and have no value. */
export function createProjectFiles({ dir, profile, settings, clock, stampOf }: FilesParts): ProjectFiles {
  const coverageFiles = createEvidenceFiles(coverageReader, clock, stampOf);
  const testFiles = createEvidenceFiles(junitReader, clock, stampOf);
  const modelFiles = createEvidenceFiles(modelReader, clock, stampOf);
  const embeddingFiles = createEvidenceFiles(embeddingReader(settings.embeddingsTopCount), clock, stampOf);
  const mlflow = createMlflowReader(clock, stampOf);
  // One listing instead of a look at each usual place, every tick.
  const listing = createFolderListing(dir, stampOf);
  const looksAround = settings.usualPlaces && isMadeOf(profileDefinition(profile), ['tests', 'coverage']);

  const coverage = async (listed: Promise<ReadonlySet<string>>): Promise<Measurement | null> => {
    const places =
      settings.coverage === null ? usualPlacesAmong(USUAL_COVERAGE, await listed) : [settings.coverage];
    for (const file of places) {
      const reading = await coverageFiles.read({ dir, file });
      if (reading.kind === 'problem') return unmeasured(file, reading.problem);
      if (reading.kind === 'absent') continue;
      const { linesFound, linesHit } = reading.value;
      const detail = `${linesHit} of ${linesFound} lines`;
      const value = (100 * linesHit) / linesFound;
      return { value, atMs: reading.changedAtMs, source: file, detail, problem: null };
    }
    return settings.coverage === null ? null : notThere(settings.coverage);
  };

  const tests = async (listed: Promise<ReadonlySet<string>>): Promise<Measurement | null> => {
    if (settings.tests.length > 0) {
      const found = await testsMeasurement(dir, settings.tests, testFiles);
      return found ?? notThere(settings.tests.join(', '));
    }
    for (const place of usualPlacesAmong(USUAL_TESTS, await listed)) {
      const found = await testsMeasurement(dir, [place], testFiles);
      if (found !== null) return found;
    }
    return null;
  };

  const embeddings = async (): Promise<Measurements> => {
    const file = settings.embeddings;
    if (file === null) return {};
    const reading = await embeddingFiles.read({ dir, file });
    const measure = (share: 'recall' | 'mrr' | 'ndcg'): Measurement => {
      if (reading.kind === 'absent') return notThere(file);
      if (reading.kind === 'problem') return unmeasured(file, reading.problem);
      const detail = `over ${reading.value.searches} searches, k = ${settings.embeddingsTopCount}`;
      const value = 100 * reading.value[share];
      return { value, atMs: reading.changedAtMs, source: file, detail, problem: null };
    };
    return { recall: measure('recall'), mrr: measure('mrr'), ndcg: measure('ndcg') };
  };

  const baseline = async (): Promise<
    { readonly metrics: ModelMetrics | null } | { readonly problem: string }
  > => {
    const file = settings.modelBaseline;
    if (file === null) return { metrics: null };
    const reading = await modelFiles.read({ dir, file });
    if (reading.kind === 'read') return { metrics: reading.value.model };
    return { problem: reading.kind === 'absent' ? `${file} is not there` : reading.problem };
  };

  const modelStated = async (): Promise<
    | { readonly stated: StatedMetrics; readonly source: string; readonly atMs: number }
    | { readonly source: string; readonly problem: string }
    | null
  > => {
    if (settings.model !== null) {
      const source = settings.model;
      const reading = await modelFiles.read({ dir, file: source });
      if (reading.kind === 'read') {
        const atMs = reading.value.generatedAtMs ?? reading.changedAtMs;
        return { stated: reading.value, source, atMs };
      }
      if (reading.kind === 'problem') return { source, problem: reading.problem };
      if (settings.mlflow === null) return { source, problem: `${source} is not there` };
    }
    if (settings.mlflow === null) return null;
    const source = settings.mlflow;
    const reading = await mlflow.newestRun({ dir, file: source });
    if (reading.kind === 'problem') return { source, problem: reading.problem };
    const run = reading.kind === 'read' ? reading.value : null;
    if (run === null) return { source, problem: `${source} holds no run with accuracy, drift or latency_ms` };
    const stated = { model: run.model, baseline: null, generatedAtMs: null };
    return { stated, source: run.source, atMs: run.atMs };
  };

  const model = async (latencyMs: number | null): Promise<Measurements> => {
    const found = await modelStated();
    if (found === null) return {};
    if ('problem' in found) {
      const none = unmeasured(found.source, found.problem);
      return { accuracy: none, drift: none, latency: none };
    }
    const held = await baseline();
    const { stated, source, atMs } = found;
    const metrics = { ...stated.model, latencyMs: latencyMs ?? stated.model.latencyMs };
    const against = 'metrics' in held ? (held.metrics ?? stated.baseline) : null;
    const measured = modelMeasurements(metrics, against, { source, atMs });
    if (!('problem' in held)) return measured;
    const none = unmeasured(settings.modelBaseline ?? source, held.problem);
    return { ...measured, accuracy: none, latency: none };
  };

  return {
    async read(latencyMs) {
      const listed = looksAround ? listing.names() : Promise.resolve(new Set<string>());
      const [tested, covered, searched, modelled] = await Promise.all([
        tests(listed),
        coverage(listed),
        embeddings(),
        model(latencyMs),
      ]);
      const code: Partial<Record<Measure, Measurement>> = {};
      if (tested !== null) code.tests = tested;
      if (covered !== null) code.coverage = covered;
      return { ...code, ...searched, ...modelled };
    },
  };
}

function notThere(file: string): Measurement {
  return unmeasured(file, `${file} is not there`);
}
