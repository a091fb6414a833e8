import { describe, expect, it } from 'vitest';

import {
  decideRollback,
  isSameCommit,
  rollForwardWait,
  type PastRollback,
  type RollbackFacts,
} from '../../../../shared/remediation/rollback-rule.ts';

const NOW_MS = Date.parse('2026-01-05T10:00:00Z');
const HOUR_MS = 3_600_000;
const BAD = 'a'.repeat(40);
const facts = (over: Partial<RollbackFacts> = {}): RollbackFacts => ({
  nowMs: NOW_MS,
  mode: 'automatic',
  deployedWithinMs: 24 * HOUR_MS,
  trigger: { kind: 'burn', why: 'errors' },
  deployment: { commit: BAD, atMs: NOW_MS - HOUR_MS },
  past: [],
  ...over,
});
const past = (over: Partial<PastRollback> = {}): PastRollback => ({
  commit: 'b'.repeat(40),
  state: 'helped',
  doneMs: NOW_MS - HOUR_MS,
  ...over,
});

describe('what a trigger leads to', () => {
  it.each<[string, Partial<RollbackFacts>, object]>([
    ['burning', {}, { does: 'run' }],
    ['calm', { trigger: null }, { does: 'nothing' }],
    ['nothing deployed', { deployment: null }, { does: 'nothing' }],
    ['ask-me', { mode: 'ask' }, { does: 'ask', why: 'the settings want a person to decide' }],
    ['observe-only', { mode: 'observe' }, { does: 'observe' }],
    [
      'this commit once already',
      { past: [past({ commit: BAD })] },
      { does: 'ask', why: 'this commit was rolled back once already' },
    ],
    ['this commit under a shorter name', { past: [past({ commit: 'aaaaaaaa' })] }, { does: 'ask' }],
    [
      'this commit a month ago',
      { past: [past({ commit: BAD, doneMs: NOW_MS - 700 * HOUR_MS })] },
      { does: 'ask' },
    ],
    ['another one under way', { past: [past({ state: 'running', doneMs: null })] }, { does: 'nothing' }],
    ['another one that asks', { past: [past({ state: 'asking', doneMs: null })] }, { does: 'nothing' }],
    [
      'an older one still to show whether it helped',
      { past: [past({ state: 'verifying' })] },
      { does: 'run' },
    ],
    [
      'declined for this commit',
      { past: [past({ commit: BAD, state: 'declined', doneMs: null })] },
      { does: 'nothing' },
    ],
    ['declined for another', { past: [past({ state: 'declined', doneMs: null })] }, { does: 'run' }],
    [
      'observed for this commit',
      { mode: 'observe', past: [past({ commit: BAD, state: 'observed', doneMs: null })] },
      { does: 'nothing' },
    ],
    ['one in 24 h', { past: [past()] }, { does: 'run' }],
    [
      'the third in 24 h',
      { past: [past(), past({ commit: 'c'.repeat(40) })] },
      { does: 'ask', why: '2 rollbacks in the last 24 h: the automation has stopped' },
    ],
    ['the third, a day later', { past: [past(), past({ doneMs: NOW_MS - 24 * HOUR_MS })] }, { does: 'run' }],
    [
      'taken back ones count too',
      { past: [past({ state: 'undone' }), past({ state: 'not-helped' })] },
      { does: 'ask' },
    ],
    [
      'those that never took effect do not',
      { past: [past({ doneMs: null, state: 'declined' }), past()] },
      { does: 'run' },
    ],
    [
      'deployed long ago',
      { deployment: { commit: BAD, atMs: NOW_MS - 72 * HOUR_MS } },
      { does: 'ask', why: 'it was deployed 3 days ago' },
    ],
  ])('%s', (_what, over, decision) => {
    expect(decideRollback(facts(over))).toMatchObject(decision);
  });
});

describe('a roll-forward', () => {
  it.each([
    ['LOW', true],
    ['CRITICAL', true],
    ['MEDIUM', false],
    ['FULL', false],
    ['UNKNOWN', false],
  ])('at %s waits: %s', (level, waits) => {
    expect(rollForwardWait(level, 'battery 12 %') !== null).toBe(waits);
  });
});

describe('names of a commit', () => {
  it.each([
    ['abcdef0', 'abcdef0123456789', true],
    ['ABCDEF0', 'abcdef0123456789', true],
    ['abcdef', 'abcdef0123456789', false],
    ['abcdef1', 'abcdef0123456789', false],
  ])('%s and %s', (one, other, same) => {
    expect(isSameCommit(one, other)).toBe(same);
    expect(isSameCommit(other, one)).toBe(same);
  });
});
