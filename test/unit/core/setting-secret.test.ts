import { expect, test } from 'vitest';

import { withoutSecrets } from '../../../core/setting-secret.ts';

const none = (): boolean => false;

test('passwords, tokens and addresses that carry one are taken out and named', () => {
  const { values, hidden } = withoutSecrets(
    {
      mail: { password: 'hunter2', passwordFile: '/etc/mail.pass', user: 'sam' },
      slack: { webhookUrl: 'https://hooks.example/T0/B0/x' },
      grid: { tokenHeader: 'auth-token', tokenFile: '/etc/token' },
      projects: [{ evidence: { healthUrls: ['http://ok', 'https://sam:pw@host/health'] } }],
    },
    none,
  );
  expect(hidden).toEqual(['mail.password', 'slack.webhookUrl', 'projects[0].evidence.healthUrls']);
  const text = JSON.stringify(values);
  for (const secret of ['hunter2', 'T0/B0', 'sam:pw']) expect(text).not.toContain(secret);
  for (const shown of ['/etc/mail.pass', 'auth-token', '/etc/token']) expect(text).toContain(shown);
});

test('a secret that is not set is not hidden, and what was given stays as it was', () => {
  const given = { mail: { password: null, apiKey: '' } };
  expect(withoutSecrets(given, none)).toEqual({ values: given, hidden: [] });
  const kept = { mail: { password: 'x' } };
  withoutSecrets(kept, none);
  expect(kept.mail.password).toBe('x');
});

test('a setting that its schema marks is hidden whatever its name', () => {
  const { values, hidden } = withoutSecrets({ a: { b: 'x' } }, (keys) => keys.join('.') === 'a.b');
  expect([values, hidden]).toEqual([{ a: { b: null } }, ['a.b']]);
});
