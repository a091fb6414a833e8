import { USUAL, type AlertRule } from '../alert-rule.ts';

const TOLD_FOR_MS = 60 * 60_000;

export const rollbackDone: AlertRule = {
  ...USUAL,
  code: 'rollback-done',
  severity: 'warning',
  summary: 'A deployment was rolled back.',
  clears: 'An hour.',
  rearms: TOLD_FOR_MS,
  isNews: true,
  find({ rollbacks, nowMs }) {
    return rollbacks
      .filter(({ atMs }) => nowMs - atMs < TOLD_FOR_MS)
      .map(({ id, project, commit, atMs }) => ({
        key: id,
        project,
        title: `${project} rolled back`,
        text: `Commit ${commit.slice(0, 10)} was taken back. It stays held until a new commit.`,
        sinceMs: atMs,
      }));
  },
};
