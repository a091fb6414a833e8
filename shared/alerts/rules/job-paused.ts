import { USUAL, type AlertRule } from '../alert-rule.ts';
import { counted } from '../words.ts';

/** Jobs come from a room of their own; only what is needed here is read of them. */
function isPaused(job: unknown): boolean {
  const { state, status } = (job ?? {}) as { state?: unknown; status?: unknown };
  return state === 'paused' || status === 'paused';
}

export const jobPaused: AlertRule = {
  ...USUAL,
  code: 'job-paused',
  severity: 'info',
  summary: 'Managed jobs are paused.',
  clears: 'They go on or end.',
  visibleAfterMs: 10_000,
  clearsAfterMs: 10_000,
  rearms: 10 * 60_000,
  channels: ['desktop'],
  tag: 'jobs',
  find({ snapshot }) {
    const paused = snapshot.jobs.filter(isPaused).length;
    if (paused === 0) return [];
    const text =
      snapshot.energy.onExternalPower === false
        ? 'They go on by themselves on external power or at 20\u202f%.'
        : 'They go on by themselves when what paused them is over.';
    return [{ key: '', project: null, title: `${counted(paused, 'job')} paused`, text }];
  },
};
