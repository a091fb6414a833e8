import { USUAL, type AlertRule } from '../alert-rule.ts';
import { capital, sentence, sentences } from '../words.ts';

/** Stale or stamped in the future: nothing is allowed by itself (domain 1.2). A project that never had one is no alarm. */
export const reportStale: AlertRule = {
  ...USUAL,
  code: 'report-stale',
  severity: 'warning',
  summary: "A project's report is too old, or its clock is wrong.",
  clears: 'A fresh report.',
  visibleAfterMs: 60_000,
  rearms: 30 * 60_000,
  find({ snapshot }) {
    return snapshot.projects
      .filter(({ freshness }) => freshness === 'stale' || freshness === 'clock-wrong')
      .map(({ id, freshness, problem, decisions, defaultChange }) => {
        const said = decisions[defaultChange]?.reasons.find(({ code }) => code.startsWith('report-'));
        const why = problem ?? said?.text ?? 'Health cannot be judged';
        return {
          key: id,
          project: id,
          title: freshness === 'stale' ? `${id}: report too old` : `${id}: the report's clock is wrong`,
          text: sentences(sentence(capital(why)), `Refresh it with \`orch guard ${id} --write\`.`),
        };
      });
  },
};
