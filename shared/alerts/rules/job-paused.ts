import { USUAL, type AlertRule } from '../alert-rule.ts';
import { counted } from '../words.ts';

export const jobPaused: AlertRule = {
  ...USUAL,
  code: 'job-paused',
  severity: 'info',
  summary: 'Managed jobs are paused, and not by a person.',
  clears: 'They go on or end.',
  visibleAfterMs: 10_000,
  clearsAfterMs: 10_000,
  rearms: 10 * 60_000,
  channels: ['desktop'],
  tag: 'jobs',
  find({ snapshot }) {
    // What a person holds back is no news to them.
    const paused = snapshot.jobs.filter((job) => job.state === 'paused' && !job.isHeld);
    const [first, ...others] = paused;
    if (first === undefined) return [];
    const until = others.some((job) => job.until !== first.until) ? null : first.until;
    const text =
      until === null
        ? 'They go on by themselves when what paused them is over.'
        : `${others.length === 0 ? 'It goes' : 'They go'} on when ${until}.`;
    return [{ key: '', project: null, title: `${counted(paused.length, 'job')} paused`, text }];
  },
};
