import type { EnergyState } from '../contract/energy.ts';
import type { AlertRule } from './alert-rule.ts';
import { endsDischarge, isFed, isReminderDue, latchedNow, stepLatch, type Latch } from './latch.ts';
import { partOf, type NoticeDraft, type NoticePart } from './notice-draft.ts';
import { hasRoom, isProjectFree, recent, type Shown } from './notice-limits.ts';
import type { StandingAlert } from './standing.ts';

/** What is remembered between two looks, and over a restart. Plain JSON of a bounded size. */
export interface NoticeState {
  readonly latches: Readonly<Record<string, Latch>>;
  /** Of the last hour. */
  readonly shown: readonly Shown[];
  /** New ones, gathered for 5 s; null when there are none. */
  readonly burst: { readonly sinceMs: number; readonly parts: readonly NoticePart[] } | null;
  /** Over the limits: told as one when there is room. */
  readonly held: readonly NoticePart[];
  /** Told as one when the quiet ends. */
  readonly digest: readonly NoticePart[];
  readonly wasQuiet: boolean;
  readonly fedSinceMs: number | null;
  readonly lastNumber: number;
}

export const NO_NOTICES: NoticeState = {
  latches: {},
  shown: [],
  burst: null,
  held: [],
  digest: [],
  wasQuiet: false,
  fedSinceMs: null,
  lastNumber: 0,
};

export interface NoticeLook {
  /** Wall clock: limits and latches outlive restarts and sleep. */
  readonly nowMs: number;
  readonly rules: readonly AlertRule[];
  readonly standing: readonly StandingAlert[];
  readonly energy: Pick<EnergyState, 'onExternalPower' | 'level' | 'percent'>;
  readonly isQuiet: boolean;
  /** Codes that are never told. */
  readonly off: readonly string[];
}

/** Notices within so long are one (behaviour 23). */
const BURST_MS = 5_000;
/** More than this waits nowhere; the oldest go first. */
const MOST_WAITING = 100;

/**
 * Which notices are shown now (behaviours 23 and 24). Pure. An alert is told once as long as it is latched; at most
 * one a project in 10 minutes and six an hour; a burst, an overflow and a quiet time each become one notice. An alert
 * that `passes` is told at once through all of it, without sound when it is quiet.
 */
export function stepNotices(
  before: NoticeState,
  look: NoticeLook,
): { readonly state: NoticeState; readonly notices: readonly NoticeDraft[] } {
  const { nowMs } = look;
  const step = createStep(before, look);
  const latches = rearmed(before, look);

  for (const alert of look.standing) {
    if (look.off.includes(alert.rule.code)) continue;
    const latch = latches.get(alert.id);
    if (latch === undefined) {
      latches.set(alert.id, latchedNow(nowMs, look.energy.percent));
      step.take(alert);
    } else if (!look.isQuiet && isReminderDue(latch, alert.rule.repeatMs, nowMs) && step.remind(alert)) {
      latches.set(alert.id, { ...latch, lastAtMs: nowMs, remindersCount: latch.remindersCount + 1 });
    }
  }
  if (look.isQuiet) step.silence();
  else {
    if (before.wasQuiet) step.endQuiet();
    step.flushBurst();
    step.releaseHeld();
  }
  return step.done({
    latches: Object.fromEntries(latches),
    wasQuiet: look.isQuiet,
    fedSinceMs: isFed(look.energy) ? Math.min(before.fedSinceMs ?? nowMs, nowMs) : null,
  });
}

/** Milliseconds until a burst that is gathering is told; null when none is. */
export function burstDueMs({ burst }: NoticeState, nowMs: number): number | null {
  return burst === null ? null : Math.max(0, Math.min(BURST_MS, burst.sinceMs + BURST_MS - nowMs));
}

function rearmed(before: NoticeState, look: NoticeLook): Map<string, Latch> {
  const standing = new Set(look.standing.map(({ id }) => id));
  const dischargeEnded = endsDischarge(before.fedSinceMs, look.nowMs);
  const latches = new Map<string, Latch>();
  for (const [id, latch] of Object.entries(before.latches)) {
    const rule = look.rules.find(({ code }) => id === code || id.startsWith(`${code}/`));
    const { nowMs, energy } = look;
    const view = { nowMs, stands: standing.has(id), dischargeEnded, percent: energy.percent };
    const next = stepLatch(latch, rule, view);
    if (next !== null) latches.set(id, next);
  }
  return latches;
}

/** The parts of one step that change as it goes; gone when it is done. */
function createStep(before: NoticeState, look: NoticeLook) {
  const { nowMs, isQuiet } = look;
  const standing = new Set(look.standing.map(({ id }) => id));
  const notices: NoticeDraft[] = [];
  let { burst, held, digest, lastNumber } = before;
  let shown = recent(before.shown, nowMs);

  const emit = (kind: NoticeDraft['kind'], parts: readonly NoticePart[], silent: boolean): void => {
    const [first] = parts;
    if (first === undefined) return;
    lastNumber += 1;
    const id = `${nowMs.toString(36)}-${lastNumber}`;
    const replaces = kind === 'summary' || kind === 'digest' ? kind : first.tag;
    notices.push({ id, kind, atMs: nowMs, replaces, silent, parts });
    const projects = [...new Set(parts.flatMap(({ project }) => (project === null ? [] : [project])))];
    shown = [...shown, { atMs: nowMs, projects }];
  };
  const emitTogether = (parts: readonly NoticePart[]): void =>
    emit(parts.length === 1 ? 'alert' : 'summary', parts, isQuiet);
  const withoutTag = (parts: readonly NoticePart[], tag: string): readonly NoticePart[] =>
    parts.filter((part) => part.tag !== tag);
  /** What was over before anybody heard of it is not worth a notice, unless it is news. */
  const worthTelling = (parts: readonly NoticePart[]): readonly NoticePart[] =>
    parts.filter(({ id, isNews }) => isNews || standing.has(id));
  const forgetTag = (tag: string): void => {
    if (burst !== null) burst = { ...burst, parts: withoutTag(burst.parts, tag) };
    held = withoutTag(held, tag);
    digest = withoutTag(digest, tag);
  };

  return {
    take(alert: StandingAlert): void {
      const part = partOf(alert);
      forgetTag(part.tag);
      if (alert.rule.passes) emit('alert', [part], isQuiet);
      else burst = { sinceMs: burst?.sinceMs ?? nowMs, parts: [...(burst?.parts ?? []), part] };
    },
    remind(alert: StandingAlert): boolean {
      if (!hasRoom(shown, nowMs) || !isProjectFree(shown, alert.finding.project, nowMs)) return false;
      emit('reminder', [partOf(alert)], true);
      return true;
    },
    /** Everything new waits for the end of the quiet. */
    silence(): void {
      digest = [...digest, ...held, ...(burst?.parts ?? [])].slice(-MOST_WAITING);
      held = [];
      burst = null;
    },
    endQuiet(): void {
      const parts = digest.map((part) => ({ ...part, isOver: !part.isNews && !standing.has(part.id) }));
      digest = [];
      emit('digest', parts, false);
    },
    flushBurst(): void {
      if (burst === null || (nowMs >= burst.sinceMs && nowMs - burst.sinceMs < BURST_MS)) return;
      const parts = worthTelling(burst.parts);
      burst = null;
      const may = (part: NoticePart): boolean =>
        hasRoom(shown, nowMs) && isProjectFree(shown, part.project, nowMs);
      held = [...held, ...parts.filter((part) => !may(part))].slice(-MOST_WAITING);
      emitTogether(parts.filter(may));
    },
    releaseHeld(): void {
      held = worthTelling(held);
      if (held.length === 0 || !hasRoom(shown, nowMs)) return;
      const free = held.filter(({ project }) => isProjectFree(shown, project, nowMs));
      held = held.filter((part) => !free.includes(part));
      emitTogether(free);
    },
    done(rest: Pick<NoticeState, 'latches' | 'wasQuiet' | 'fedSinceMs'>) {
      return { state: { ...rest, shown, burst, held, digest, lastNumber }, notices };
    },
  };
}
