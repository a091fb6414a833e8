import type { Snapshot } from '../../shared/contract/state.ts';
import type { ErrorBudget } from '../../shared/consciousness/burn-rate.ts';
import type { Room, RoomContext } from '../room.ts';
import { createConfiguredToken } from './configured-token.ts';
import type { MetricFacts, OwnUse } from './metric-facts.ts';
import { createOtlpPush } from './otlp-push.ts';
import { loadOtlpSender } from './otlp-sender.ts';
import { projectEvidence } from './project-evidence.ts';
import { createPrometheusText, type MetricsText } from './prometheus-text.ts';
import { createRecordTotals } from './record-totals.ts';
import { createSloWatch } from './slo-watch.ts';

/** Numbers of the core for Prometheus and OTLP. Between scrapes it does nothing but count. */
export interface MetricsRoom extends Room {
  /** All metrics as they are now, for GET /metrics. */
  scrape(): Promise<MetricsText>;
  /** Whether an Authorization header holds the token that opens GET /metrics alone. */
  acceptsScrape(authorization: string | undefined): boolean;
  /** What the person should know: a token file that is not used, an endpoint that does not answer. */
  notes(): Snapshot['notes'];
}

export interface MetricsRoomParts extends RoomContext {
  readonly hostName: string;
  readonly ownUse: () => OwnUse;
}

export function createMetricsRoom(parts: MetricsRoomParts): MetricsRoom {
  const { clock, core, published, record, database, version, hostName } = parts;
  const startedAtMs = clock.wallMs();
  const totals = createRecordTotals({ database, store: record, clock });
  const slo = createSloWatch();
  const token = createConfiguredToken('metrics.tokenFile', parts.onFault);
  const text = createPrometheusText();

  const budgets = (): (readonly [string, ErrorBudget])[] =>
    core.entries().flatMap(({ project, gatherer }) => {
      const budget = gatherer.errorBudget();
      return budget === null ? [] : [[project.id, budget] as const];
    });
  const facts = (): MetricFacts => ({
    snapshot: published.snapshot(),
    projects: core.entries().map(({ project, watch, gatherer }) => ({
      id: project.id,
      evidence: projectEvidence(gatherer.measured().measurements, watch.evidence().report, clock.wallMs()),
      budget: gatherer.errorBudget(),
    })),
    record: totals(),
    loop: parts.pulse.counts(),
    sloViolations: slo.violations(),
    own: parts.ownUse(),
    startedAtMs,
  });
  const push = createOtlpPush({
    clock,
    facts,
    load: (config) => loadOtlpSender(config, { version, hostName, startedAtMs }),
    onLine: (line) => parts.onFault(new Error(line)),
  });

  const useSettings = (): void => {
    const { metrics } = parts.config();
    token.see(metrics.tokenFile);
    push.use(metrics.otlp);
  };

  let isStarted = false;
  return {
    take() {
      slo.take(budgets());
      // One round alone sends nothing and leaves no file behind.
      if (isStarted) useSettings();
    },
    start() {
      isStarted = true;
      useSettings();
    },
    stop: () => push.stop(),
    scrape: () => text(facts()),
    acceptsScrape: (authorization) => token.accepts(authorization),
    notes: () => [...note('metrics-token', token.problem()), ...note('metrics-push', push.problem())],
  };
}

function note(code: string, text: string | null): Snapshot['notes'] {
  return text === null ? [] : [{ code, text }];
}
