import { USUAL, type AlertRule } from '../alert-rule.ts';

export const settingsBroken: AlertRule = {
  ...USUAL,
  code: 'settings-broken',
  severity: 'warning',
  summary: '`config.yaml` cannot be used as it stands.',
  clears: 'The file is mended.',
  // An editor saves half a line now and then.
  visibleAfterMs: 5_000,
  rearms: 10 * 60_000,
  channels: ['desktop'],
  find({ snapshot }) {
    const problems = snapshot.notes.filter(({ code }) => code === 'config-error');
    const [first] = problems;
    if (first === undefined) return [];
    const more = problems.length === 1 ? '' : ` And ${problems.length - 1} more.`;
    return [{ key: '', project: null, title: 'The settings have an error', text: `${first.text}${more}` }];
  },
};
