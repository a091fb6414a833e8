import type { ErrorBudget } from '../../shared/consciousness/burn-rate.ts';
import type { MeasuredEvidence } from '../../shared/consciousness/chosen-score.ts';
import type { Measure, Measurement, Measurements } from '../../shared/consciousness/measurement.ts';
import type { ProfileChoice } from '../../shared/consciousness/profile-definition.ts';
import type { ProjectConfig } from '../../shared/contract/config.ts';
import type { Clock } from '../clock.ts';
import type { GetSmall } from '../energy/network-request.ts';
import { fileStamp, type FileStamp } from '../projects/file-stamp.ts';
import { createHealthProbe, type HealthReading } from './health-probe.ts';
import { createProjectFiles } from './project-files.ts';
import { readPrometheus, type PrometheusReading } from './prometheus.ts';

/** What is measured of one project besides its report. Answers from memory. */
export interface EvidenceGatherer {
  /** Without the record, which the core holds. */
  measured(): Omit<MeasuredEvidence, 'record'>;
  /** How the error budget goes; null where no error rate is read. */
  errorBudget(): ErrorBudget | null;
  /** Rounds of health checks in a row in which a service was down. */
  failedHealthChecks(): number;
  /** Reads the files that changed, and asks the network once a minute without waiting for it. */
  refresh(): Promise<void>;
  /** Reads and asks everything and waits for the answers. */
  gather(): Promise<void>;
  close(): void;
}

export interface GathererParts {
  readonly project: Pick<ProjectConfig, 'path' | 'evidence'> & { readonly profile: ProfileChoice };
  readonly clock: Clock;
  readonly getSmall: GetSmall;
  /** How files are looked at that are asked for every tick; through the file threads when absent. */
  readonly stampOf?: FileStamp;
  /** Called after an answer from the network that changed what is known. */
  readonly onChange: () => void;
}

const ASK_EVERY_MS = 60_000;
/** Applies, and has no value until the first answer: what was not asked yet is neither well nor unwell. */
const NOT_YET: Measurement = { value: null, atMs: null, source: 'network', detail: null, problem: null };

export function createEvidenceGatherer(parts: GathererParts): EvidenceGatherer {
  const { project, clock, getSmall, stampOf = fileStamp, onChange } = parts;
  const settings = project.evidence;
  const files = createProjectFiles({ dir: project.path, profile: project.profile, settings, clock, stampOf });
  const probe =
    settings.healthUrls.length === 0 ? null : createHealthProbe(settings.healthUrls, getSmall, clock);
  let fromFiles: Measurements = {};
  let health: HealthReading | null = null;
  let prometheus: PrometheusReading | null = null;
  let reading: Promise<void> | null = null;
  let asking: Promise<void> | null = null;
  let askedAtMs: number | null = null;
  let closed = false;
  const isClosed = (): boolean => closed;

  const readFiles = async (): Promise<void> => {
    reading ??= files
      .read(prometheus?.latencyMs ?? null)
      .then((read) => {
        fromFiles = read;
      })
      .finally(() => (reading = null));
    return reading;
  };

  const askNetwork = async (): Promise<void> => {
    if (asking !== null || isClosed()) return asking ?? undefined;
    askedAtMs = clock.monotonicMs();
    const before = fingerprint(measurements());
    const ask = async (): Promise<void> => {
      [health, prometheus] = await Promise.all([
        probe === null ? null : probe.ask(),
        settings.prometheus === null ? null : readPrometheus(settings.prometheus, getSmall, clock),
      ]);
    };
    asking = ask().finally(() => (asking = null));
    await asking;
    if (!isClosed() && fingerprint(measurements()) !== before) onChange();
  };

  const measurements = (): Measurements => {
    const all: Partial<Record<Measure, Measurement>> = { ...fromFiles };
    if (probe !== null) all.services = health?.measurement ?? NOT_YET;
    if ((settings.prometheus?.errorsQuery ?? null) !== null) all.errors = prometheus?.errors ?? NOT_YET;
    return all;
  };

  return {
    measured() {
      const all = measurements();
      const problems = [
        ...Object.values(all).map(({ problem }) => problem),
        prometheus?.problem ?? null,
      ].filter((problem) => problem !== null);
      return { measurements: all, problems: [...new Set(problems)] };
    },
    errorBudget: () => prometheus?.budget ?? null,
    failedHealthChecks: () => health?.failedInARow ?? 0,
    async refresh() {
      if (isClosed()) return;
      const isDue = askedAtMs === null || clock.monotonicMs() - askedAtMs >= ASK_EVERY_MS;
      if (isDue && (probe !== null || settings.prometheus !== null)) void askNetwork();
      await readFiles();
    },
    async gather() {
      await askNetwork();
      await readFiles();
    },
    close() {
      closed = true;
    },
  };
}

function fingerprint(measurements: Measurements): string {
  return JSON.stringify(Object.entries(measurements).map(([name, { value }]) => [name, value]));
}
