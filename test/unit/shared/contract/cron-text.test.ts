import { Cron } from 'croner';
import { describe, expect, it } from 'vitest';

import { cronComplaint } from '../../../../shared/contract/cron-text.ts';
import { retrainConfigSchema } from '../../../../shared/contract/retrain-config.ts';

describe('a schedule in the settings', () => {
  it.each([
    '0 3 * * *',
    '*/15 0-6 * * *',
    '30 2 1,15 * *',
    '0 3 * * MON-FRI',
    '0 3 * jan,JUL 7',
    '0-30/10 * * * *',
    '@daily',
  ])('%s is one, for the library too', (text) => {
    expect(cronComplaint(text)).toBeNull();
    expect(() => new Cron(text, { paused: true })).not.toThrow();
  });
  it.each([
    ['', 'must be five fields'],
    ['every night', 'must be five fields'],
    ['* * * *', 'must be five fields'],
    ['0 0 3 * * *', 'must be five fields'],
    ['2026-01-01T00:00:00', 'must be five fields'],
    ['@reboot', 'must be five fields or one of @hourly'],
    ['60 * * * *', 'minute "60"'],
    ['0 24 * * *', 'hour "24"'],
    ['0 3 0 * *', 'day of the month "0"'],
    ['0 3 * 13 *', 'month "13"'],
    ['0 3 * * 8', 'day of the week "8"'],
    ['0 3 * * FRI-MON', 'day of the week "FRI-MON"'],
    ['5/15 * * * *', 'minute "5/15"'],
    ['*/0 * * * *', 'minute "*/0"'],
    ['1,,2 * * * *', 'minute "1,,2"'],
    ['-5 * * * *', 'minute "-5"'],
  ])('%j is none, and what is wrong is said', (text, said) => {
    expect(cronComplaint(text)).toContain(said);
  });
  it('goes with a time zone that there is', () => {
    const parsed = (timeZone: string): boolean =>
      retrainConfigSchema.safeParse({ schedule: '0 3 * * *', command: ['true'], timeZone }).success;
    expect([parsed('Europe/Berlin'), parsed('Mars/Olympus')]).toEqual([true, false]);
  });
});
