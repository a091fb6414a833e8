import { USUAL, type AlertRule } from '../alert-rule.ts';

export const rollbackNoHelp: AlertRule = {
  ...USUAL,
  code: 'rollback-no-help',
  severity: 'critical',
  summary: 'A rollback was done and did not help.',
  clears: 'An hour after it began.',
  isNews: true,
  find({ snapshot }) {
    return (snapshot.actions ?? [])
      .filter(({ kind, state }) => kind === 'rollback' && state === 'not-helped')
      .map(({ id, project, text }) => ({
        key: id,
        project,
        title: `${project ?? ''}: the rollback did not help`,
        text,
      }));
  },
};
