import { describe, expect, it } from 'vitest';

import {
  commandText,
  jobActs,
  jobFacts,
  jobGroup,
  jobReasons,
  jobShape,
  jobStateText,
} from '../../../../renderer/view/job-view.ts';
import { words } from '../../../../renderer/words/words.ts';
import type { Job } from '../../../../shared/contract/job.ts';
import { JOB_STATES } from '../../../../shared/contract/vocabulary.ts';
import { EXAMPLE_JOBS } from '../../../e2e/example-ledger.ts';

const job = (over: Partial<Job>): Job => ({ ...EXAMPLE_JOBS[0]!, ...over });
const NOW = '2026-01-05T10:00:00.000Z';

it.each<[Partial<Job>, string, string]>([
  [{ state: 'running', isHeld: false }, 'Runs', 'go'],
  [{ state: 'queued', isHeld: false }, 'Waits', 'wait'],
  [{ state: 'queued', isHeld: true }, 'Waits, held back by you', 'pause'],
  [{ state: 'paused', isHeld: false }, 'Paused', 'pause'],
  [{ state: 'ended', exitCode: 0 }, 'Ended', 'done'],
  [{ state: 'ended', exitCode: 137 }, 'Failed with 137', 'failed'],
  [{ state: 'ended', exitCode: null }, 'Ended', 'failed'],
  [{ state: 'lost', exitCode: null }, 'Lost sight of', 'failed'],
  [{ state: 'cancelled', isHeld: true }, 'Cancelled', 'done'],
])('%j reads "%s" beside the shape %s', (over, text, shape) => {
  expect([jobStateText(job(over), words), jobShape(job(over))]).toEqual([text, shape]);
});

it('what is over can no longer be acted on, what is paused can go on', () => {
  for (const state of JOB_STATES) {
    const { canCancel, canPause, canResume } = jobActs(job({ state }));
    const isOver = jobGroup({ state }) === 'over' || state === 'ending';
    expect([state, canCancel]).toEqual([state, !isOver]);
    expect(canPause && canResume).toBe(false);
  }
  expect(jobActs(job({ state: 'paused' })).canResume).toBe(true);
  expect(jobActs(job({ state: 'queued', isHeld: true }))).toMatchObject({ canPause: false, canResume: true });
});

describe('why a job waits', () => {
  it('is said with what it waits for and who is ahead', () => {
    expect(
      jobReasons(
        job({ reason: 'LOW: no expensive ML', until: 'it is plugged in.', untilAt: null, aheadCount: 2 }),
        NOW,
        words,
      ),
    ).toEqual(['LOW: no expensive ML.', 'Goes on when it is plugged in.', '2 jobs are ahead.']);
  });
  it('is said with nothing while it simply runs', () => {
    expect(jobReasons(job({ reason: '', until: null, aheadCount: null }), NOW, words)).toEqual([]);
  });
});

it('energy is told only of what is over, and never invented', () => {
  const facts = (over: Partial<Job>): string => jobFacts(job(over), () => 'then', words).join(' · ');
  expect(facts({ state: 'ended', endedAt: NOW, energyWh: null })).toContain('not measured');
  expect(facts({ state: 'ended', endedAt: NOW, energyWh: 3, energyProvenance: 'measured' })).toContain(
    'measured',
  );
  expect(facts({ state: 'running' })).not.toContain('measured');
  expect(facts({ state: 'cancelled', startedAt: null, endedAt: NOW })).not.toContain('measured');
});

it('a command is shown as one line, with its blanks told apart', () => {
  expect(commandText(['sh', '-c', 'a b', ''])).toBe("sh -c 'a b' ''");
  expect(commandText(['x\u202e\u001b[31m'])).not.toMatch(/\p{Cc}|\u202e/u);
});
