import { USUAL, type AlertRule } from '../alert-rule.ts';
import { sentence, sentences } from '../words.ts';

export const halted: AlertRule = {
  ...USUAL,
  code: 'halted',
  severity: 'warning',
  summary: 'A project is halted.',
  clears: 'The HALT is lifted by hand, by its time, or by two fresh reports.',
  rearms: 60_000,
  find({ snapshot }) {
    return snapshot.projects.flatMap((project) => {
      const { halt } = project;
      if (halt === null || halt === undefined) return [];
      // What a person typed stays on this machine, as in the snapshot files.
      const why = halt.by === 'person' ? `by ${halt.who}: ${halt.why}` : halt.why;
      const outside = halt.by === 'person' ? 'by a person' : halt.why;
      return [
        {
          key: project.id,
          project: project.id,
          title: `${project.id} halted`,
          text: sentences(sentence(why), 'Only reverts pass.'),
          outsideText: sentences(sentence(outside), 'Only reverts pass.'),
          sinceMs: Date.parse(halt.since),
        },
      ];
    });
  },
};
