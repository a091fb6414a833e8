import { answerAction } from '../action-answer.ts';
import { USUAL, type AlertRule } from '../alert-rule.ts';

export const rollbackAsks: AlertRule = {
  ...USUAL,
  code: 'rollback-asks',
  severity: 'critical',
  summary: 'A deployment makes things worse, and a person is to decide about its rollback.',
  clears: 'It is rolled back, or left as it is.',
  find({ snapshot }) {
    return (snapshot.actions ?? [])
      .filter(({ kind, state }) => kind === 'rollback' && state === 'asking')
      .map(({ id, project, subject, cause, text, beganAt }) => ({
        key: id,
        project,
        title: `${project ?? ''}: roll back ${subject.slice(0, 10)}?`,
        text: `${cause}. ${text}`,
        sinceMs: Date.parse(beganAt),
        actions: [answerAction(id, 'approve', 'Roll back'), answerAction(id, 'decline', 'Leave it')],
      }));
  },
};
