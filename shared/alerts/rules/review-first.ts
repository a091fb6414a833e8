import { publicDecision } from '../../policy/public-decision.ts';
import { CHANGE_NOUNS } from '../../view/verdict-words.ts';
import { USUAL, type AlertRule } from '../alert-rule.ts';
import { sentence } from '../words.ts';

/** Reasons about the machine's power: the level's own notice has said so for all projects. */
const POWER = /^energy-/;

export const reviewFirst: AlertRule = {
  ...USUAL,
  code: 'review-first',
  severity: 'info',
  summary: "A project's usual changes need a person to confirm them.",
  clears: 'They go again, or are blocked.',
  visibleAfterMs: 60_000,
  clearsAfterMs: 60_000,
  rearms: 60 * 60_000,
  channels: ['desktop'],
  find({ snapshot }) {
    return snapshot.projects.flatMap((project) => {
      const decision = project.decisions[project.defaultChange];
      const [binding] = decision?.reasons ?? [];
      if (decision?.verdict !== 'throttle' || binding === undefined || POWER.test(binding.code)) return [];
      const outside = publicDecision(decision).bindingReason ?? '';
      const noun = CHANGE_NOUNS[project.defaultChange];
      return [
        {
          key: project.id,
          project: project.id,
          title: `${project.id}: review first`,
          text: sentence(decision.bindingReason ?? `${noun} need review`),
          outsideText: sentence(outside),
        },
      ];
    });
  },
};
