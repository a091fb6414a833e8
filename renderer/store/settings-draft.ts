import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';

import type { SettingEdit, SettingsCheckReply, SettingsReply } from '../../shared/contract/settings.ts';
import { settingKeys } from '../../shared/view/setting-path.ts';
import { RefusedError } from '../connection/core-requests.ts';
import type { PageParts } from '../pages/page-parts.ts';
import { FAILED, LOADING, ready } from './loaded.ts';
import type { Loaded } from './loaded.ts';

/** What is to become of one setting. */
export type Draft =
  | { readonly kind: 'set'; readonly value: unknown }
  /** Out of the file, so that its default counts. */
  | { readonly kind: 'default' }
  /** One of several groups of a kind goes as a whole. */
  | { readonly kind: 'remove' };

export interface SettingsDraftState {
  readonly reply: Loaded<SettingsReply>;
  readonly drafts: ReadonlyMap<string, Draft>;
  /** By path; what belongs to no setting that is shown stands under the empty one. */
  readonly problems: ReadonlyMap<string, string>;
  readonly isSaving: boolean;
  /** Paths that were saved last; null until something was. */
  readonly saved: readonly string[] | null;
}

export interface SettingsDraft {
  readonly store: StoreApi<SettingsDraftState>;
  open(): void;
  set(path: string, draft: Draft): void;
  undo(path: string): void;
  discard(): void;
  save(): Promise<void>;
}

/** A person types on: only where they rest is checked. */
const REST_MS = 300;
const NOTHING: SettingsDraftState = {
  reply: LOADING,
  drafts: new Map(),
  problems: new Map(),
  isSaving: false,
  saved: null,
};

/** Settings in the making: checked by the core as they are typed, written all together or not at all. */
export function createSettingsDraft({ ask, clock }: Pick<PageParts, 'ask' | 'clock'>): SettingsDraft {
  const store = createStore<SettingsDraftState>(() => NOTHING);
  let cancelCheck = (): void => undefined;
  let newest = 0;

  const check = async (): Promise<void> => {
    newest += 1;
    const mine = newest;
    const edits = editsOf(store.getState().drafts);
    if (edits.length === 0) {
      store.setState({ problems: new Map() });
      return;
    }
    try {
      const { problems } = (await ask('POST', '/v1/config/check', edits)) as SettingsCheckReply;
      if (mine === newest) store.setState({ problems: byPath(problems) });
    } catch (error) {
      // A core that is away says nothing about the settings; saving will say it.
      if (mine === newest && error instanceof RefusedError) store.setState({ problems: refusal(error) });
    }
  };
  const change = (drafts: ReadonlyMap<string, Draft>): void => {
    store.setState({ drafts, saved: null });
    cancelCheck();
    cancelCheck = clock.after(REST_MS, () => void check());
  };

  return {
    store,
    open() {
      store.setState({ reply: LOADING });
      ask('GET', '/v1/config').then(
        (value) => store.setState({ reply: ready(value as SettingsReply) }),
        () => store.setState({ reply: FAILED }),
      );
    },
    set(path, draft) {
      // What is said of a whole group takes the place of all that was said inside it.
      const others = [...store.getState().drafts].filter(
        ([other]) => other === path || !isWithin(other, path),
      );
      change(new Map([...others, [path, draft]]));
    },
    undo(path) {
      const rest = [...store.getState().drafts].filter(([other]) => !isWithin(other, path));
      change(new Map(rest));
    },
    discard() {
      cancelCheck();
      newest += 1;
      store.setState({ drafts: new Map(), problems: new Map() });
    },
    async save() {
      const { drafts, isSaving } = store.getState();
      if (isSaving || drafts.size === 0) return;
      cancelCheck();
      newest += 1;
      store.setState({ isSaving: true });
      try {
        const reply = (await ask('PATCH', '/v1/config', editsOf(drafts))) as SettingsReply;
        store.setState({ ...NOTHING, reply: ready(reply), saved: [...drafts.keys()] });
      } catch (error) {
        const problems = error instanceof RefusedError ? refusal(error) : new Map([['', '']]);
        store.setState({ isSaving: false, problems });
      }
    },
  };
}

/** The values with what is being changed applied, as the page shows them. */
export function draftedValues(reply: SettingsReply, drafts: ReadonlyMap<string, Draft>): unknown {
  const values = structuredClone(reply.values);
  for (const [path, draft] of drafts) if (draft.kind === 'set') put(values, settingKeys(path), draft.value);
  return values;
}

/** Removals come last and from the end, so that no number before them moves. */
export function editsOf(drafts: ReadonlyMap<string, Draft>): readonly SettingEdit[] {
  const all = [...drafts];
  const removed = all.filter(([, draft]) => draft.kind === 'remove').map(([path]) => path);
  const kept = all.filter(([path]) => !removed.some((gone) => isWithin(path, gone)));
  const edits = kept.map(([path, draft]) =>
    draft.kind === 'set' ? { path, value: draft.value as NonNullable<SettingEdit['value']> } : { path },
  );
  const fromTheEnd = [...removed].sort((one, other) => other.localeCompare(one, 'en', { numeric: true }));
  return [...edits, ...fromTheEnd.map((path) => ({ path }))];
}

/** `energy.grid.url` is within `energy.grid`, `energy.gridless` is not. */
export function isWithin(path: string, outer: string): boolean {
  return path === outer || path.startsWith(`${outer}.`) || path.startsWith(`${outer}[`);
}

function put(root: unknown, keys: readonly (string | number)[], value: unknown): void {
  let holder = root as Record<string | number, unknown>;
  for (const [index, key] of keys.slice(0, -1).entries()) {
    const held = holder[key];
    const isGroup = typeof held === 'object' && held !== null;
    if (!isGroup) holder[key] = typeof keys[index + 1] === 'number' ? [] : {};
    holder = holder[key] as Record<string | number, unknown>;
  }
  const last = keys.at(-1);
  if (last !== undefined) holder[last] = structuredClone(value);
}

function byPath(problems: SettingsCheckReply['problems']): ReadonlyMap<string, string> {
  return new Map(problems.map(({ field, text }) => [field ?? '', text]));
}

function refusal(error: RefusedError): ReadonlyMap<string, string> {
  const start = `${error.field ?? ''}: `;
  const text = error.message.startsWith(start) ? error.message.slice(start.length) : error.message;
  return new Map([[error.field ?? '', text]]);
}
