import type { MirrorState } from '../../../shared/contract/sync.ts';

/** Worst last. */
const BY_NEED: readonly MirrorState['state'][] = ['off', 'ok', 'failing', 'stopped'];

/** Several repositories as one destination: the worst state, what waits in all, the newest of what happened. */
export function mirrorSum(states: Readonly<Record<string, MirrorState>>): MirrorState {
  const all = Object.entries(states);
  const values = all.map(([, state]) => state);
  const sum = (of: (state: MirrorState) => number): number =>
    values.reduce((total, one) => total + of(one), 0);
  const instants = (of: (state: MirrorState) => string | null): string[] =>
    values.flatMap((state) => of(state) ?? []).sort();
  const [worst] = [...all].sort(([, one], [, other]) => need(other) - need(one));
  const lastErrorAt = instants((state) => state.lastErrorAt).at(-1) ?? null;
  const failed = all.find(([, state]) => lastErrorAt !== null && state.lastErrorAt === lastErrorAt);
  const named = (name: string, text: string | null): string | null =>
    text === null || all.length === 1 ? text : `${name}: ${text}`;
  return {
    state: worst?.[1].state ?? 'off',
    queuedCount: sum((state) => state.queuedCount),
    unsureCount: sum((state) => state.unsureCount),
    deadCount: sum((state) => state.deadCount),
    oldestQueuedAt: instants((state) => state.oldestQueuedAt)[0] ?? null,
    lastSuccessAt: instants((state) => state.lastSuccessAt).at(-1) ?? null,
    lastError: failed === undefined ? null : named(failed[0], failed[1].lastError),
    lastErrorAt,
    problem: worst === undefined ? null : named(worst[0], worst[1].problem),
    nextTryAt: instants((state) => state.nextTryAt)[0] ?? null,
  };
}

function need({ state }: MirrorState): number {
  return BY_NEED.indexOf(state);
}
