import { USUAL, type AlertRule } from '../alert-rule.ts';

const MB = 1024 * 1024;
/** As the doctor counts it: under this history cannot be kept. */
const FULL_BYTES = 50 * MB;

export const diskFull: AlertRule = {
  ...USUAL,
  code: 'disk-full',
  severity: 'warning',
  summary: 'Less than 50 MB are free where the history is kept.',
  clears: 'More than 50 MB are free for two minutes.',
  visibleAfterMs: 30_000,
  clearsAfterMs: 120_000,
  rearms: 6 * 60 * 60_000,
  find({ freeDiskBytes }) {
    if (freeDiskBytes === null || freeDiskBytes >= FULL_BYTES) return [];
    return [
      {
        key: '',
        project: null,
        title: 'The disk is full',
        text: `${Math.floor(freeDiskBytes / MB)}\u202fMB are free: history cannot be kept. Free some space.`,
      },
    ];
  },
};
