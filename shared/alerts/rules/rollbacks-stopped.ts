import { USUAL, type AlertRule } from '../alert-rule.ts';

/** Three in 24 hours stop the automation and ask (domain 1.5). */
const MOST = 3;

export const rollbacksStopped: AlertRule = {
  ...USUAL,
  code: 'rollbacks-stopped',
  severity: 'critical',
  summary: 'A project was rolled back three times in 24 hours.',
  clears: 'Fewer than three in the last 24 hours.',
  find({ rollbacks }) {
    const counts = new Map<string, number>();
    for (const { project } of rollbacks) counts.set(project, (counts.get(project) ?? 0) + 1);
    return [...counts]
      .filter(([, count]) => count >= MOST)
      .map(([project, count]) => ({
        key: project,
        project,
        title: `${project}: ${count} rollbacks in 24\u202fh`,
        text: 'Nothing more is rolled back by itself. Look at what is failing.',
      }));
  },
};
