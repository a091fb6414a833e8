import { USUAL, type AlertRule } from '../alert-rule.ts';

/** Behaviour 26. */
export const trayMissing: AlertRule = {
  ...USUAL,
  code: 'tray-missing',
  severity: 'info',
  summary: 'This desktop has no place for tray icons.',
  clears: 'A tray appears.',
  visibleAfterMs: 10_000,
  rearms: 24 * 60 * 60_000,
  channels: ['desktop'],
  find: ({ trayMissing: isMissing }) =>
    isMissing
      ? [
          {
            key: '',
            project: null,
            title: 'This desktop shows no tray',
            text: 'The window stays within reach by the launcher and by `orch open`.',
          },
        ]
      : [],
};
