import { describe, expect, it } from 'vitest';

import {
  lastResultText,
  scheduleReasons,
  scheduleShape,
  scheduleStateText,
} from '../../../../renderer/view/schedule-view.ts';
import { words } from '../../../../renderer/words/words.ts';
import type { RetrainResult, Schedule } from '../../../../shared/contract/scaling.ts';

const nowAt = '2026-01-05T10:00:00.000Z';
const idle: Schedule = {
  project: 'portfolio',
  schedule: '0 3 * * *',
  timeZone: null,
  command: ['python', 'train.py'],
  observeOnly: false,
  state: 'idle',
  nextWindowAt: '2026-01-05T12:00:00.000Z',
  window: null,
  wait: null,
  jobId: null,
  last: null,
};
const last: RetrainResult = {
  windowAt: nowAt,
  isMissed: false,
  result: 'ok',
  text: 'the model was trained',
  exitCode: 0,
  jobId: 'a',
  startedAt: nowAt,
  endedAt: nowAt,
  ranSeconds: 60,
  before: { accuracy: 0.88, drift: 0.02, latencySeconds: null },
  after: { accuracy: 0.912, drift: 0.02, latencySeconds: 0.0123 },
};

describe('a schedule on the jobs page', () => {
  it('says what is now and what is next', () => {
    const said = (more: Partial<Schedule>): string => scheduleStateText({ ...idle, ...more }, nowAt, words);
    const window = { at: nowAt, isMissed: true };
    expect(said({})).toMatch(/^Next at \d/);
    expect(said({ nextWindowAt: null })).toBe('Its window never opens');
    expect(said({ state: 'running', window })).toBe('Being trained');
    expect(said({ state: 'waiting', window })).toBe('Its window was missed');
    expect(said({ state: 'waiting', window: { ...window, isMissed: false } })).toBe('Its window is open');
  });
  it('says why it waits, and until when', () => {
    const wait = { reason: 'its scores are stale', until: 'they are fresh', untilAt: null };
    expect(scheduleReasons({ ...idle, state: 'waiting', wait }, nowAt, words)).toEqual([
      'Its scores are stale.',
      'Starts when they are fresh.',
    ]);
    expect(scheduleReasons({ ...idle, state: 'running', wait }, nowAt, words)[1]).toBe(
      'Goes on when they are fresh.',
    );
    expect(scheduleReasons(idle, nowAt, words)).toEqual([]);
  });
  it('says how the last one ended and what it changed, and nothing that is not known', () => {
    expect(lastResultText(last, nowAt, words)).toMatch(
      /^Last, .+: the model was trained\. Accuracy 91\.2\s% \(was 88\.0\s%\), drift 0\.02, latency 12\sms\.$/,
    );
    expect(lastResultText({ ...last, before: null, after: null }, nowAt, words)).toMatch(/trained\.$/);
    expect(lastResultText(null, nowAt, words)).toBeNull();
  });
  it('has a shape beside its words', () => {
    const shapes = [
      idle,
      { ...idle, last },
      { ...idle, last: { ...last, result: 'failed' as const } },
      { ...idle, last, state: 'running' as const },
    ].map(scheduleShape);
    expect(shapes).toEqual(['wait', 'done', 'failed', 'go']);
  });
});
