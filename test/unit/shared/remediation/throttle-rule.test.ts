import { describe, expect, it } from 'vitest';

import { quotaPercent, quotaProperty } from '../../../../shared/remediation/cpu-quota.ts';
import {
  NO_THROTTLE,
  stepThrottle,
  type ThrottleFacts,
} from '../../../../shared/remediation/throttle-rule.ts';

const facts = (over: Partial<ThrottleFacts>): ThrottleFacts => ({
  level: 'MEDIUM',
  mode: 'NORMAL',
  onExternalPower: false,
  resumeMs: 120_000,
  nowMs: 0,
  ...over,
});

describe('when work of others is slowed', () => {
  it.each<[string, Partial<ThrottleFacts>, string]>([
    ['LOW', { level: 'LOW' }, 'apply'],
    ['CRITICAL', { level: 'CRITICAL', mode: 'FROZEN' }, 'apply'],
    ['a project that is DISABLED', { mode: 'DISABLED' }, 'apply'],
    ['MEDIUM', {}, 'keep'],
    ['FULL, fed', { level: 'FULL', onExternalPower: true }, 'undo'],
    ['unknown power', { level: 'UNKNOWN' }, 'keep'],
  ])('%s: %s', (_what, over, wants) => {
    expect(stepThrottle(NO_THROTTLE, facts(over)).wants).toBe(wants);
  });

  it('is let go after two minutes of MEDIUM in a row', () => {
    let memory = NO_THROTTLE;
    const wants = (['LOW', 'MEDIUM', 'LOW', 'MEDIUM', 'MEDIUM', 'MEDIUM'] as const).map((level, at) => {
      const step = stepThrottle(memory, facts({ level, nowMs: at * 60_000 }));
      memory = step.memory;
      return step.wants;
    });
    expect(wants).toEqual(['apply', 'keep', 'apply', 'keep', 'keep', 'undo']);
  });

  it('leaves alone what a person let go, until it has been better once', () => {
    const released = { ...NO_THROTTLE, isReleased: true };
    expect(stepThrottle(released, facts({ level: 'LOW' }))).toEqual({ memory: released, wants: 'keep' });
    const better = stepThrottle(released, facts({}));
    expect(stepThrottle(better.memory, facts({ level: 'LOW' })).wants).toBe('apply');
  });
});

describe('the limit of a unit', () => {
  it.each([
    ['infinity\n', null, 'CPUQuota='],
    ['200ms\n', 20, 'CPUQuota=20%'],
    ['1s 500ms', 150, 'CPUQuota=150%'],
    ['1min', 6000, 'CPUQuota=6000%'],
    ['12.345ms', 1.235, 'CPUQuota=1.235%'],
  ])('%j is %s', (text, percent, property) => {
    expect(quotaPercent(text)).toBe(percent);
    expect(quotaProperty(percent)).toBe(property);
  });

  it.each(['', 'soon', '20%', '200ms x'])('%j is refused', (text) => {
    expect(() => quotaPercent(text)).toThrow('is no time of systemd');
  });
});
