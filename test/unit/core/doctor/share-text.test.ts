import { describe, expect, it } from 'vitest';

import { ok, problem } from '../../../../core/doctor/check.ts';
import { shareText, type PrivateNames } from '../../../../core/doctor/share-text.ts';

const NAMES: PrivateNames = {
  homeDir: '/home/ann',
  user: 'ann',
  hostName: 'ann-laptop',
  projects: [
    { id: 'shop', path: '/home/ann/work/shop' },
    { id: 'acme-deal', path: '/srv/clients/acme' },
  ],
};
const shared = (text: string, next: string | null = null, details: string[] = []): string =>
  shareText(
    {
      schemaVersion: 1,
      status: 'problem',
      checks: [{ id: 'one', title: 'One', ...problem(text, next, details) }],
    },
    'Meta-Orchestrator 1.0.0, linux x64',
    NAMES,
  );

describe('what is shared of a self-check', () => {
  it.each([
    ['/home/ann/.config/meta-orchestrator/config.yaml has mistakes.', '<path> has mistakes.'],
    ['The hook of shop cannot run.', 'The hook of <project 1> cannot run.'],
    ['acme-deal: gate in place', '<project 2>: gate in place'],
    ['rm /srv/clients/acme/.git/hooks/pre-push', 'rm <project 2>/.git/hooks/pre-push'],
    ['ups@192.168.7.20:3493 does not answer', '<address>:3493 does not answer'],
    ['ups@nas.home.arpa does not answer', '<address> does not answer'],
    ['host fe80::1a2b:3c4d:5e6f:7a8b is silent', 'host <address> is silent'],
    ['pad 00:1a:7d:da:71:13 is listed', 'pad <address> is listed'],
    ['ann runs it on ann-laptop', '<user> runs it on <host>'],
    ['C:\\Users\\ann\\config.yaml has mistakes.', '<path> has mistakes.'],
    ['/mnt/secret-client/x is full', '<path> is full'],
    ['a \u001b[31mred\nline', 'a  [31mred line'],
  ])('%s', (text, told) => {
    expect(shared(text)).toContain(`One: ${told}\n`);
  });

  it.each([
    'power_supply/BAT0: 17 %, read 3 s ago',
    '/sys/class/power_supply/BAT0/uevent: permission denied',
    'http://127.0.0.1:7717 answers; version 1.0.0, pid 42, since 2026-01-05T10:00:00.000Z',
    'ups@127.0.0.1 answers',
    'Workshop adapters are listed',
    '12:30:45 local, 10:30 UTC',
  ])('leaves what names nobody: %s', (text) => {
    expect(shared(text)).toContain(`One: ${text}\n`);
  });

  it('keeps what to do and every line, in order', () => {
    const text = shared('Bad.', 'chmod 600 /home/ann/.config/x/config.yaml', [
      'shop: none',
      'acme-deal: none',
    ]);
    expect(text).toBe(
      [
        'Meta-Orchestrator 1.0.0, linux x64',
        'status: problem',
        '',
        'PROBLEM  One: Bad.',
        '           <project 1>: none',
        '           <project 2>: none',
        '         > chmod 600 <path>',
        '',
      ].join('\n'),
    );
  });

  it('hides nothing where there is no name to hide', () => {
    const nobody = { homeDir: '/', user: '', hostName: '', projects: [] };
    const report = {
      schemaVersion: 1,
      status: 'ok',
      checks: [{ id: 'a', title: 'A', ...ok('a fine day') }],
    } as const;
    expect(shareText(report, 'x', nobody)).toContain('ok       A: a fine day');
  });
});
