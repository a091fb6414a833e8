import type { MirrorState } from '../../shared/contract/sync.ts';
import type { OutboxStore } from './outbox-store.ts';

interface Kept {
  readonly lastSuccessAtMs: number | null;
  readonly lastError: string | null;
  readonly lastErrorAtMs: number | null;
}

const NOTHING: Kept = { lastSuccessAtMs: null, lastError: null, lastErrorAtMs: null };

/** How a destination fares: what outlives the core in the database, what is wrong now in memory. */
export interface MirrorNotes {
  succeeded(atMs: number): void;
  failed(why: string, atMs: number): void;
  /** It answered, though not as was hoped. */
  reached(): void;
  /** A person is needed. */
  stopped(why: string): void;
  /** Something that holds nothing up but should be known; null when there is nothing. */
  remark(text: string | null): void;
  /** Unknown again, until the next try. */
  resumed(): void;
  /** The same object until something changes. */
  view(isEnabled: boolean): NotesView;
}

export type NotesView = Pick<
  MirrorState,
  'state' | 'lastSuccessAt' | 'lastError' | 'lastErrorAt' | 'problem'
>;

export function createMirrorNotes(
  store: Pick<OutboxStore, 'value' | 'setValue'>,
  destination: string,
): MirrorNotes {
  const key = `mirror:${destination}`;
  let kept = read(store.value(key));
  let problem: { readonly why: string; readonly isStopped: boolean } | null = null;
  let remark: string | null = null;
  let shown: { readonly isEnabled: boolean; readonly view: NotesView } | null = null;
  const keep = (next: Partial<Kept>): void => {
    kept = { ...kept, ...next };
    shown = null;
    store.setValue(key, JSON.stringify(kept));
  };
  return {
    succeeded(atMs) {
      problem = null;
      keep({ lastSuccessAtMs: atMs });
    },
    failed(why, atMs) {
      problem = { why, isStopped: false };
      keep({ lastError: why, lastErrorAtMs: atMs });
    },
    reached() {
      problem = null;
      shown = null;
    },
    stopped(why) {
      problem = { why, isStopped: true };
      shown = null;
    },
    remark(text) {
      remark = text;
      shown = null;
    },
    resumed() {
      problem = null;
      shown = null;
    },
    view(isEnabled) {
      if (shown?.isEnabled === isEnabled) return shown.view;
      const state = !isEnabled ? 'off' : problem === null ? 'ok' : problem.isStopped ? 'stopped' : 'failing';
      const view = {
        state,
        problem: isEnabled ? (problem?.why ?? remark) : null,
        lastSuccessAt: isoText(kept.lastSuccessAtMs),
        lastError: kept.lastError,
        lastErrorAt: isoText(kept.lastErrorAtMs),
      } as const;
      shown = { isEnabled, view };
      return view;
    },
  };
}

function read(text: string | null): Kept {
  if (text === null) return NOTHING;
  try {
    return { ...NOTHING, ...(JSON.parse(text) as Partial<Kept>) };
  } catch {
    return NOTHING;
  }
}

function isoText(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
