import type { SafeguardsConfig, SafeguardStep } from '../../shared/contract/remediation-config.ts';
import type { Snapshot } from '../../shared/contract/state.ts';
import { stepSafeguards, type SafeguardMemory } from '../../shared/remediation/safeguard-rule.ts';
import type { SavedValue } from '../alerts/saved-value.ts';
import type { Clock } from '../clock.ts';
import type { ActionBook } from './action-book.ts';
import type { ActionRecord } from './action-record.ts';
import type { Answered } from './actions-desk.ts';
import { stepName, type SafeguardActs, type StepOutcome } from './safeguard-act.ts';

/** What is done before the power is gone: counted down in sight of everybody, once a discharge. */
export interface SafeguardKeeper {
  look(energy: Snapshot['energy']): void;
  readonly answer: Answered;
  /** Goes on with what a core before this one counted down or had begun. */
  start(): void;
  stop(): Promise<void>;
}

export interface SafeguardKeeperParts {
  readonly clock: Clock;
  readonly book: ActionBook;
  readonly acts: SafeguardActs;
  readonly memory: SavedValue<SafeguardMemory>;
  readonly config: () => SafeguardsConfig;
  readonly onFault: (error: unknown) => void;
}

interface Kept {
  readonly steps: readonly SafeguardStep[];
  /** The first that has not begun. */
  readonly next: number;
  readonly outcomes: readonly StepOutcome[];
}

export function createSafeguardKeeper(parts: SafeguardKeeperParts): SafeguardKeeper {
  const { clock, book, acts, memory, config, onFault } = parts;
  let cancelTimer: (() => void) | null = null;
  let running: Promise<void> | null = null;
  let isStopped = false;

  const open = (): ActionRecord | null => book.open().find(({ kind }) => kind === 'safeguard') ?? null;
  const count = (id: string, delayMs: number): void => {
    cancelTimer?.();
    cancelTimer = clock.after(Math.max(0, delayMs), () => {
      cancelTimer = null;
      if (book.get(id)?.state === 'counting') go(id);
    });
  };
  const go = (id: string): void => {
    running ??= run(id)
      .catch(onFault)
      .finally(() => (running = null));
  };

  /** What nobody is at: after a restart, and where it could not be written down. */
  const takeUp = (): void => {
    const standing = open();
    if (standing === null || running !== null) return;
    if (standing.state !== 'counting') go(standing.id);
    else if (cancelTimer === null) count(standing.id, (standing.dueMs ?? 0) - clock.wallMs());
  };

  const begin = (cause: string): void => {
    const { steps, cancelSeconds, observeOnly } = config();
    const names = steps.map(stepName).join(', then ');
    const begun = {
      kind: 'safeguard',
      project: null,
      subject: 'machine',
      title: 'Safeguards',
      cause,
      undo: 'It has no undo: work that was stopped is started again by hand.',
      detail: { steps: steps.map(stepName) },
      kept: { steps, next: 0, outcomes: [] } satisfies Kept,
    } as const;
    if (observeOnly) {
      const text = `Observe-only: nothing was done. It would have been: ${names}.`;
      book.begin({ ...begun, state: 'observed', text, dueMs: null, can: [] });
      return;
    }
    const delayMs = cancelSeconds * 1000;
    const action = book.begin({
      ...begun,
      state: 'counting',
      text: `In ${cancelSeconds} s: ${names}.`,
      dueMs: clock.wallMs() + delayMs,
      can: ['cancel'],
    });
    count(action.id, delayMs);
  };

  const callOff = (id: string, text: string, actor?: string): void => {
    book.change(id, { state: 'cancelled', text, dueMs: null, can: [] }, actor);
    cancelTimer?.();
    cancelTimer = null;
  };

  const run = async (id: string): Promise<void> => {
    const action = book.change(id, { state: 'running', text: 'Under way.', dueMs: null, can: [] });
    let kept = action.kept as Kept;
    const keep = (next: Kept): void => {
      kept = next;
      const detail = { steps: kept.steps.map(stepName), outcomes: kept.outcomes };
      book.change(id, { kept, detail });
    };
    for (let at = kept.next; at < kept.steps.length; at += 1) {
      const step = kept.steps[at];
      if (step === undefined || isStopped) return;
      // Before it begins: no step is begun twice, whatever happens to this core.
      keep({ ...kept, next: at + 1 });
      const outcome = await acts.perform(step, action.cause);
      keep({ ...kept, outcomes: [...kept.outcomes, outcome] });
    }
    const failed = kept.outcomes.filter(({ isOk }) => !isOk);
    const [first] = failed;
    book.change(id, {
      state: first === undefined ? 'done' : 'failed',
      text:
        first === undefined
          ? `Done: ${kept.outcomes.map(({ name }) => name).join(', ')}.`
          : `${failed.length} of ${kept.steps.length} failed; ${first.name}: ${first.text}.`,
    });
  };

  return {
    look(energy) {
      if (config().steps.length === 0 && open() === null) return;
      takeUp();
      const standing = open();
      const isCounting = standing?.state === 'counting';
      const step = stepSafeguards(memory.get(), energy, isCounting);
      if (step.does === 'end' && standing !== null)
        callOff(standing.id, 'Called off: power from outside is back.');
      if (step.does === 'begin' && standing === null && config().steps.length > 0)
        begin(step.cause ?? energy.why);
      // Last: one that could not be begun is begun at the next look.
      memory.set(step.memory);
    },
    answer(action, verb, who) {
      if (verb !== 'cancel' || action.state !== 'counting')
        return { refused: 'conflict', text: 'It has begun and cannot be called off.' };
      callOff(action.id, `Called off by ${who}. Not again before power from outside.`, who);
      return null;
    },
    start: takeUp,
    async stop() {
      isStopped = true;
      cancelTimer?.();
      await running;
    },
  };
}
