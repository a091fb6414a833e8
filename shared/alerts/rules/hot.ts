import { USUAL, type AlertRule } from '../alert-rule.ts';

/** HOT or worse for two minutes, as the infrastructure profile counts it (domain 1.2). */
export const hot: AlertRule = {
  ...USUAL,
  code: 'hot',
  severity: 'warning',
  summary: 'This machine has been HOT or worse for two minutes.',
  clears: 'A minute below HOT.',
  visibleAfterMs: 120_000,
  clearsAfterMs: 60_000,
  rearms: 30 * 60_000,
  find({ snapshot }) {
    const { coolingStatus, hottestC, zone } = snapshot.energy.thermal;
    if (coolingStatus !== 'HOT' && coolingStatus !== 'CRITICAL') return [];
    const degrees = hottestC === null ? '' : ` ${Math.round(hottestC)}\u202f°C`;
    const where = zone === null ? '' : ` at ${zone}`;
    return [
      {
        key: '',
        project: null,
        title: `This machine is hot:${degrees}${where}`.replace(/:$/, ''),
        text:
          coolingStatus === 'CRITICAL'
            ? 'No experiment starts. Let it cool down.'
            : 'Experiments go slowly. Let it breathe.',
      },
    ];
  },
};
