import { expect, test } from 'vitest';

import { createCredentials } from '../../../../core/api/credentials.ts';
import { fakeClock } from '../../../fakes/fake-clock.ts';

test('each run has a token of its own, and only that one opens', () => {
  const one = createCredentials(fakeClock());
  const two = createCredentials(fakeClock());
  expect(one.accepts(`Bearer ${one.token}`)).toBe(true);
  expect(one.accepts(`Bearer ${two.token}`)).toBe(false);
  expect(one.accepts('Bearer ')).toBe(false);
  expect(one.accepts(undefined)).toBe(false);
});

test('a sign-in code is good once', () => {
  const credentials = createCredentials(fakeClock());
  const { code } = credentials.issueCode();
  const pageToken = credentials.trade(code);
  expect(pageToken).not.toBe(credentials.token);
  expect(credentials.accepts(`Bearer ${pageToken ?? ''}`)).toBe(true);
  expect(credentials.trade(code)).toBeNull();
  expect(credentials.trade('guess')).toBeNull();
});

test('a sign-in code is worth nothing after a quarter of an hour', async () => {
  const clock = fakeClock();
  const credentials = createCredentials(clock);
  const { code, expiresAt } = credentials.issueCode();
  expect(expiresAt).toBe('2026-01-05T10:15:00.000Z');
  await clock.advanceMs(15 * 60_000 + 1);
  expect(credentials.trade(code)).toBeNull();
});

test('the oldest page is signed out when there are too many', () => {
  const credentials = createCredentials(fakeClock());
  const tokens = Array.from({ length: 65 }, () => credentials.trade(credentials.issueCode().code) ?? '');
  expect(credentials.accepts(`Bearer ${tokens[0] ?? ''}`)).toBe(false);
  expect(credentials.accepts(`Bearer ${tokens[64] ?? ''}`)).toBe(true);
  expect(credentials.accepts(`Bearer ${credentials.token}`)).toBe(true);
});
