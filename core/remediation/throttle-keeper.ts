import type { ThrottleConfig } from '../../shared/contract/remediation-config.ts';
import type { Snapshot } from '../../shared/contract/state.ts';
import { NO_THROTTLE, stepThrottle, type ThrottleMemory } from '../../shared/remediation/throttle-rule.ts';
import type { Clock } from '../clock.ts';
import type { ProjectEntry } from '../project-set.ts';
import type { ActionBook } from './action-book.ts';
import type { ActionRecord } from './action-record.ts';
import type { Answered } from './actions-desk.ts';
import {
  throttleSubject,
  throttleUndoText,
  type ThrottleActs,
  type ThrottleBefore,
  type ThrottleOrder,
} from './throttle-act.ts';

/** Work of other programs, slowed while power is short: applied, and undone on recovery, removal and a clean stop. */
export interface ThrottleKeeper {
  look(judged: Snapshot, entries: readonly ProjectEntry[]): void;
  readonly answer: Answered;
  /** Takes over what a core before this one left in force. */
  start(): void;
  /** Undoes everything, and waits for it. */
  stop(): Promise<void>;
}

export interface ThrottleKeeperParts {
  readonly clock: Clock;
  readonly book: ActionBook;
  readonly acts: ThrottleActs;
  /** Of the settings of jobs: how long it must be better. */
  readonly resumeMs: () => number;
  readonly onFault: (error: unknown) => void;
}

interface Kept {
  readonly key: string;
  readonly order: ThrottleOrder;
  /** Null until it was looked at: nothing has been done then. */
  readonly before: ThrottleBefore | null;
  /** A person let it go, and the power has not been better since. */
  readonly isReleased?: boolean;
}

/** Why nobody is at an act that is not over, in the words of what becomes of it. */
const LEFT = {
  restart: {
    undone: 'the core before this one did not end it',
    notApplied: 'the core ended before',
    inForce: 'In force since before a restart.',
  },
  unwritten: {
    undone: 'it could not be written down before',
    notApplied: 'it could not be written down',
    inForce: 'In force; that could not be written down before.',
  },
} as const;
const DAY_MS = 86_400_000;
/** An undo that failed is tried again after so long, then ever later. */
const RETRY = { firstMs: 60_000, mostMs: 15 * 60_000 } as const;

export function createThrottleKeeper(parts: ThrottleKeeperParts): ThrottleKeeper {
  const { clock, book, acts, onFault } = parts;
  const memories = new Map<string, ThrottleMemory>();
  const underWay = new Map<string, Promise<void>>();
  const retries = new Map<string, { readonly atMs: number; readonly waitMs: number }>();
  let isStopping = false;

  const open = (): ActionRecord[] => book.open().filter(({ kind }) => kind === 'throttle');
  const once = (key: string, act: () => Promise<void>): Promise<void> => {
    const running = underWay.get(key);
    if (running !== undefined) return running;
    const done = act()
      .catch(onFault)
      .finally(() => underWay.delete(key));
    underWay.set(key, done);
    return done;
  };
  const release = (key: string): void =>
    void memories.set(key, { ...(memories.get(key) ?? NO_THROTTLE), isReleased: true });

  /** The newest act of each key, of the last month. */
  const newest = (): ReadonlyMap<string, ActionRecord> => {
    const found = new Map<string, ActionRecord>();
    for (const action of book.store.since('throttle', clock.wallMs() - 30 * DAY_MS)) {
      const { key } = action.kept as Kept;
      if (!found.has(key)) found.set(key, action);
    }
    return found;
  };
  const keepReleased = (action: ActionRecord | undefined, isReleased: boolean): void => {
    if (action === undefined || ((action.kept as Kept).isReleased ?? false) === isReleased) return;
    book.change(action.id, { kept: { ...(action.kept as Kept), isReleased } satisfies Kept });
  };

  const begin = (key: string, order: ThrottleOrder): void => {
    const { config, project, cause } = order;
    const subject = throttleSubject(config);
    const begun = {
      kind: 'throttle',
      project,
      subject,
      title: `Slow ${subject} down`,
      cause,
      dueMs: null,
      undo: throttleUndoText(config),
      can: [],
      detail: { how: howOf(config) },
      kept: { key, order, before: null } satisfies Kept,
    } as const;
    if (config.observeOnly) {
      release(key);
      book.begin({ ...begun, state: 'observed', text: 'Observe-only: nothing was done.' });
      return;
    }
    const action = book.begin({ ...begun, state: 'running', text: 'Being applied.' });
    void once(key, () => apply(action.id, key, order));
  };

  const apply = async (id: string, key: string, order: ThrottleOrder): Promise<void> => {
    const failed = (text: string): void => {
      release(key);
      book.change(id, { state: 'failed', text: `Not applied: ${text}.` });
    };
    const looked = await acts.before(order);
    if (!looked.ok) {
      failed(looked.text);
      return;
    }
    // Kept first: whoever finds this after a crash knows how it was.
    const { before } = looked;
    book.change(id, {
      kept: { key, order, before } satisfies Kept,
      detail: { how: howOf(order.config), before },
    });
    const applied = await acts.apply(order, before);
    if (applied.ok) book.change(id, { state: 'active', text: `In force: ${applied.text}.`, can: ['undo'] });
    else {
      // It may be half done.
      const undone = await acts.undo(order, before);
      failed(undone.ok ? applied.text : `${applied.text}; nor could it be undone: ${undone.text}`);
    }
  };

  const undo = (action: ActionRecord, why: string, actor = 'core'): Promise<void> => {
    const { key, order, before } = action.kept as Kept;
    return once(key, async () => {
      if (before === null) {
        book.change(action.id, { state: 'failed', text: `Not applied: ${why}.`, can: [] });
        return;
      }
      book.change(action.id, { state: 'undoing', text: `Being undone: ${why}.`, can: [] }, actor);
      const undone = await acts.undo(order, before);
      if (undone.ok) {
        retries.delete(action.id);
        book.change(action.id, { state: 'undone', text: `Undone, ${why}: ${undone.text}.`, can: [] });
        return;
      }
      const waitMs = Math.min(RETRY.mostMs, (retries.get(action.id)?.waitMs ?? RETRY.firstMs / 2) * 2);
      retries.set(action.id, { atMs: clock.monotonicMs() + waitMs, waitMs });
      const text = `The undo failed: ${undone.text}. It is tried again.`;
      book.change(action.id, { state: 'undo-failed', text, can: ['undo', 'retry'] });
    });
  };
  const isDue = ({ id, state }: ActionRecord): boolean =>
    state === 'active' || (state === 'undo-failed' && clock.monotonicMs() >= (retries.get(id)?.atMs ?? 0));

  const takeUp = ({ undone, notApplied, inForce }: (typeof LEFT)[keyof typeof LEFT]): void => {
    for (const action of open()) {
      const { key, before } = action.kept as Kept;
      if (underWay.has(key)) continue;
      if (action.state === 'undoing') void undo(action, undone);
      else if (action.state !== 'running') continue;
      else if (before === null) void undo(action, notApplied);
      else book.change(action.id, { state: 'active', text: inForce, can: ['undo'] });
    }
  };

  return {
    look(judged, entries) {
      takeUp(LEFT.unwritten);
      const { level, why, onExternalPower } = judged.energy;
      const wanted = new Set<string>();
      for (const { project } of entries) {
        const mode = judged.projects.find(({ id }) => id === project.id)?.operatingMode;
        for (const config of project.throttle) {
          const key = keyOf(project.id, config);
          wanted.add(key);
          // Not judged yet: as long as that lasts all stays as it is.
          if (mode === undefined) continue;
          const nowMs = clock.monotonicMs();
          const memory = memories.get(key) ?? NO_THROTTLE;
          const step = stepThrottle(memory, {
            ...{ level, mode, onExternalPower, nowMs },
            resumeMs: parts.resumeMs(),
          });
          memories.set(key, step.memory);
          if (memory.isReleased && !step.memory.isReleased) keepReleased(newest().get(key), false);
          const standing = open().find(({ kept }) => (kept as Kept).key === key);
          if (step.wants === 'apply' && standing === undefined && !underWay.has(key)) {
            const cause = `${level}, ${why}`;
            begin(key, { project: project.id, folder: project.path, cause, config });
          }
          if (step.wants === 'undo' && standing !== undefined && isDue(standing))
            void undo(standing, `${level} again`);
        }
      }
      for (const key of memories.keys()) if (!wanted.has(key)) memories.delete(key);
      for (const action of open()) {
        if (!wanted.has((action.kept as Kept).key) && isDue(action))
          void undo(action, 'it is not in the settings any more');
      }
    },
    answer(action, verb, who) {
      if (verb !== 'undo' && verb !== 'retry') return { refused: 'conflict', text: 'It is applied already.' };
      release((action.kept as Kept).key);
      keepReleased(action, true);
      void undo(action, `by ${who}`, who);
      return null;
    },
    start() {
      for (const [key, { kept }] of newest()) if ((kept as Kept).isReleased === true) release(key);
      takeUp(LEFT.restart);
    },
    async stop() {
      if (isStopping) return;
      isStopping = true;
      // What is being applied is applied first, then undone with the rest.
      await Promise.allSettled(underWay.values());
      const standing = open().filter(({ state }) => state === 'active' || state === 'undo-failed');
      await Promise.allSettled(standing.map((action) => undo(action, 'the core stops')));
    },
  };
}

function keyOf(project: string, config: ThrottleConfig): string {
  return `${project} ${JSON.stringify(config)}`;
}

function howOf(config: ThrottleConfig): string {
  if ('command' in config) return 'command';
  if ('pidFile' in config) return 'process';
  return 'container' in config ? 'container' : 'systemd';
}
