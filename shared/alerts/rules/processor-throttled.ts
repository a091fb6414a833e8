import { USUAL, type AlertRule } from '../alert-rule.ts';

const RECENT_MS = 2 * 60_000;

export const processorThrottled: AlertRule = {
  ...USUAL,
  code: 'processor-throttled',
  severity: 'info',
  summary: 'The processor has been slowing itself down because of heat for a minute.',
  clears: 'Two minutes without.',
  visibleAfterMs: 60_000,
  rearms: 60 * 60_000,
  channels: ['desktop'],
  find({ throttledAtMs, nowMs }) {
    if (throttledAtMs === null || nowMs - throttledAtMs >= RECENT_MS) return [];
    return [
      {
        key: '',
        project: null,
        title: 'The processor slows itself down',
        text: 'It is too hot to run at full speed. Builds and training take longer.',
      },
    ];
  },
};
