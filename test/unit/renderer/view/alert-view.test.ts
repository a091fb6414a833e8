import { describe, expect, it } from 'vitest';

import {
  alertsInOrder,
  endedAlerts,
  quietSentences,
  stoodText,
} from '../../../../renderer/view/alert-view.ts';
import { countOf, doctorSections } from '../../../../renderer/view/doctor-view.ts';
import { words } from '../../../../renderer/words/words.ts';
import type { PastAlert, Quiet } from '../../../../shared/contract/alert.ts';
import type { DoctorReply } from '../../../../shared/contract/doctor.ts';
import type { Alert } from '../../../../shared/contract/state.ts';

const alert = (severity: Alert['severity'], since: string): Alert => ({
  code: 'x',
  severity,
  title: `${severity} ${since}`,
  text: '',
  project: null,
  since,
});
const past = (id: string, since: string, until: string | null): PastAlert => ({
  ...alert('warning', since),
  id,
  until,
});
const QUIET: Quiet = {
  isQuiet: false,
  reason: null,
  until: null,
  hours: { from: '22:00', to: '08:00' },
  waitingCount: 0,
};
const NOW = new Date(2026, 0, 5, 10).toISOString();
const said = (over: Partial<Quiet>): string => quietSentences({ ...QUIET, ...over }, NOW, words).join(' ');

it('the gravest alert comes first, of two the newer', () => {
  const list = [alert('info', '3'), alert('critical', '1'), alert('warning', '2'), alert('critical', '2')];
  expect(alertsInOrder(list).map(({ title }) => title)).toEqual([
    'critical 2',
    'critical 1',
    'warning 2',
    'info 3',
  ]);
});

it('what stands is not over; what ended last comes first', () => {
  const list = [past('a', '1', '5'), past('b', '4', null), past('c', '2', '9')];
  expect(endedAlerts(list).map(({ id }) => id)).toEqual(['c', 'a']);
});

it.each([
  [40, '40 s'],
  [26 * 60, '26 min'],
  [86_400, '1 day'],
  [36 * 3600, '1.5 days'],
  [2 * 86_400, '2 days'],
])('an alert of %d s stood %s', (seconds, told) => {
  const since = new Date(2026, 0, 4, 10).toISOString();
  const until = new Date(Date.parse(since) + seconds * 1000).toISOString();
  const text = stoodText({ ...past('a', since, until), until }, NOW, words).replaceAll('\u202f', ' ');
  expect(text.endsWith(`stood ${told}`)).toBe(true);
});

describe('whether notices come', () => {
  it('is said when they do, with the hours', () => {
    expect(said({})).toBe('Notices are shown as they come. Quiet hours are 22:00 to 08:00, every day.');
    expect(said({ hours: null })).toContain('No quiet hours are set.');
  });
  it('is said until when they do not, why, and what waits', () => {
    expect(said({ isQuiet: true, reason: 'hours', waitingCount: 2 })).toMatch(
      /^Quiet until 08:00\. .* 2 notices wait\. Critical ones still come/,
    );
    const until = new Date(2026, 0, 5, 11, 30).toISOString();
    expect(said({ isQuiet: true, reason: 'person', until, waitingCount: 1 })).toMatch(
      /^Quiet until 11:30( AM)?\. You asked for it\. 1 notice waits\./,
    );
    expect(said({ isQuiet: true, reason: 'focus' })).toMatch(/^Quiet while the desktop/);
  });
});

describe('the checks by group', () => {
  const check = (
    id: string,
    status: DoctorReply['checks'][number]['status'],
  ): DoctorReply['checks'][number] => ({
    id,
    title: id,
    status,
    text: '',
    next: null,
  });
  const reply: DoctorReply = {
    schemaVersion: 1,
    status: 'problem',
    at: NOW,
    tookMs: 1,
    shareText: '',
    checks: [
      check('ups', 'not-applicable'),
      check('power-sensors', 'ok'),
      check('heat-sensors', 'problem'),
      check('never-heard-of', 'warning'),
    ],
  };
  it('has the worst first, and loses no check it has not heard of', () => {
    expect(
      doctorSections(reply).map(({ group, checks, notHere }) => [group, checks.map(({ id }) => id), notHere]),
    ).toEqual([
      ['power', ['heat-sensors', 'power-sensors'], ['ups']],
      ['other', ['never-heard-of'], []],
    ]);
    expect(countOf(reply, 'warning')).toBe(1);
  });
});
