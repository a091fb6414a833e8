import type { OtlpConfig } from '../../shared/contract/metrics-config.ts';
import type { Clock } from '../clock.ts';
import { plainText } from '../projects/plain-text.ts';
import type { MetricFacts } from './metric-facts.ts';
import type { OtlpSender } from './otlp-sender.ts';

export interface OtlpPushParts {
  readonly clock: Clock;
  readonly facts: () => MetricFacts;
  readonly load: (config: OtlpConfig) => Promise<OtlpSender>;
  /** Told once when sending begins to fail. */
  readonly onLine: (text: string) => void;
}

/** Sends the metrics at an interval, apart from the loop: nothing waits for it. */
export interface OtlpPush {
  /** Null sends nothing. The same settings again change nothing. */
  use(config: OtlpConfig | null): void;
  /** What is wrong now, for the person; null when nothing is. */
  problem(): string | null;
  stop(): Promise<void>;
}

/** After this many intervals, but no later than an hour, it tries again, however often it failed. */
const MOST_INTERVALS = 32;
const MOST_WAIT_MS = 3_600_000;

export function createOtlpPush({ clock, facts, load, onLine }: OtlpPushParts): OtlpPush {
  let running: { readonly key: string; stop(): Promise<void> } | null = null;
  let problem: string | null = null;

  const run = (config: OtlpConfig): { stop(): Promise<void> } => {
    let cancel: (() => void) | null = null;
    let sender: OtlpSender | null = null;
    let failures = 0;
    let isStopped = false;
    const goesOn = (): boolean => !isStopped;
    const target = plainText(new URL(config.url).host, 100);

    const beat = async (): Promise<void> => {
      try {
        sender ??= await load(config);
        await sender.send(facts(), clock.wallMs());
        if (!goesOn()) return;
        failures = 0;
        problem = null;
      } catch (error) {
        if (!goesOn()) return;
        failures += 1;
        const why = plainText(error instanceof Error ? error.message : String(error), 200);
        const text = `metrics do not arrive at ${target}: ${why}`;
        if (failures === 1) onLine(`${text}; tried again less and less often, at least once an hour`);
        problem = text;
      }
      if (goesOn()) wait();
    };
    const wait = (): void => {
      const intervalMs = config.intervalSeconds * 1000;
      const factor = Math.min(MOST_INTERVALS, 2 ** failures);
      const delayMs =
        failures === 0 ? intervalMs : Math.max(intervalMs, Math.min(MOST_WAIT_MS, intervalMs * factor));
      cancel = clock.after(delayMs, () => void beat());
    };
    wait();
    return {
      async stop() {
        isStopped = true;
        cancel?.();
        await sender?.close();
      },
    };
  };

  return {
    use(config) {
      const key = JSON.stringify(config);
      if (running?.key === key || (running === null && config === null)) return;
      void running?.stop();
      problem = null;
      running = config === null ? null : { key, ...run(config) };
    },
    problem: () => problem,
    async stop() {
      await running?.stop();
      running = null;
    },
  };
}
