import { z } from 'zod';

import type { OutboxStore } from '../outbox-store.ts';
import type { ProtectionRuleEvent } from './event.ts';

const waitingSchema = z.object({
  runId: z.number().int(),
  environment: z.string(),
  sha: z.string(),
  askedAtMs: z.number(),
});
/** A deployment that waits for this App's word. */
export type Waiting = z.infer<typeof waitingSchema>;

/** GitHub itself gives up after that (5-integrations 2.2). */
const LONGEST_MS = 30 * 24 * 60 * 60_000;
const MOST = 200;
const CALLBACK = /\/repos\/([^/]+\/[^/]+)\/actions\/runs\/(\d{1,15})\/deployment_protection_rule$/;

/** Deployments that wait, by repository; they outlive the core. */
export interface WaitingStore {
  of(repository: string, nowMs: number): readonly Waiting[];
  add(repository: string, waiting: Waiting): void;
  remove(repository: string, waiting: Waiting): void;
  /** Grows with every change made here. */
  changeCount(): number;
}

export function createWaitingStore(store: Pick<OutboxStore, 'value' | 'setValue'>): WaitingStore {
  const keyOf = (repository: string): string => `github-waiting:${repository.toLowerCase()}`;
  const read = (repository: string): readonly Waiting[] => {
    const text = store.value(keyOf(repository));
    if (text === null) return [];
    const parsed = z.array(waitingSchema).safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : [];
  };
  let changesCount = 0;
  const write = (repository: string, all: readonly Waiting[]): void => {
    changesCount += 1;
    store.setValue(keyOf(repository), JSON.stringify(all.slice(-MOST)));
  };
  const isSame = (one: Waiting, other: Waiting): boolean =>
    one.runId === other.runId && one.environment === other.environment;
  return {
    changeCount: () => changesCount,
    of: (repository, nowMs) => read(repository).filter(({ askedAtMs }) => nowMs - askedAtMs < LONGEST_MS),
    add(repository, waiting) {
      write(repository, [...read(repository).filter((one) => !isSame(one, waiting)), waiting]);
    },
    remove(repository, waiting) {
      write(
        repository,
        read(repository).filter((one) => !isSame(one, waiting)),
      );
    },
  };
}

/**
 * The run that a callback is about; null when the address is not that of the configured API and this repository. It is
 * only read: the address that is called is always made anew from the settings.
 */
export function runOf(event: ProtectionRuleEvent, apiUrl: string): number | null {
  const base = apiUrl.replace(/\/+$/, '').toLowerCase();
  const address = event.callbackUrl;
  const found = CALLBACK.exec(address);
  if (found === null || address.toLowerCase().slice(0, found.index) !== base) return null;
  const [, where = '', run = ''] = found;
  return where.toLowerCase() === event.repository.toLowerCase() ? Number(run) : null;
}
