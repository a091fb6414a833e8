import { expect, test } from 'vitest';

import type { Decision } from '../../../../shared/contract/decision.ts';
import type { ProjectState, Snapshot } from '../../../../shared/contract/state.ts';
import { consoleBlock } from '../../../../shared/view/console-block.ts';

const decided = (verdict: Decision['verdict']): ProjectState['decisions'] => ({
  feature: { verdict } as Decision,
});
const project = (state: Partial<ProjectState>): ProjectState =>
  ({
    path: '/p',
    defaultChange: 'feature',
    mode: null,
    decisions: decided('allow'),
    ...state,
  }) as ProjectState;

const SAMPLE = {
  energy: { level: 'MEDIUM' },
  projects: [
    project({
      id: 'bakhmach',
      scores: { integration: 70, wellbeing: 65, stability: 75 },
      mode: 'SAFE',
      decisions: decided('throttle'),
    }),
    project({ id: 'portfolio', scores: { model_health: 85, computation_load: 45 }, mode: 'NORMAL' }),
    project({ id: 'infrastructure', path: null, scores: { power_available: 2, cooling_status: 'NORMAL' } }),
  ],
} as Snapshot;

test("the block is the source document's own, sign by sign", () => {
  expect(consoleBlock(SAMPLE, '2025-12-30T19:30:45.123456')).toBe(
    `================================================================================
META-ORCHESTRATOR DASHBOARD - 2025-12-30T19:30:45.123456
================================================================================
ENERGY: MEDIUM     | Deployment Allowed: {'bakhmach': True, 'portfolio': True}
Consciousness Scores: {
  'bakhmach': {'integration': 70, 'wellbeing': 65, 'stability': 75, 'mode': 'SAFE'},
  'portfolio': {'model_health': 85, 'computation_load': 45, 'mode': 'NORMAL'},
  'infrastructure': {'power_available': 2, 'cooling_status': 'NORMAL'}
}
================================================================================
`,
  );
});

test('what is not known is None, and unknown is not allowed', () => {
  const unknown = project({ id: 'shop', scores: { integration: null }, decisions: decided('unknown') });
  const text = consoleBlock({ ...SAMPLE, projects: [unknown] }, 'now');
  expect(text).toContain("{'shop': False}");
  expect(text).toContain("'shop': {'integration': None, 'mode': None}");
});

test('a name cannot break out of its quotes', () => {
  const odd = project({ id: "o'clock\\", scores: {} });
  expect(consoleBlock({ ...SAMPLE, projects: [odd] }, 'now')).toContain("'o\\'clock\\\\': ");
});
