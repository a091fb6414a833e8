import { describe, expect, it } from 'vitest';

import { collectAudit } from '../../../../renderer/view/audit-collect.ts';
import { decisionIdOf, detailText, MASK, withoutSecrets } from '../../../../renderer/view/audit-detail.ts';
import { auditFile } from '../../../../renderer/view/audit-file.ts';
import { auditPath, NO_FILTER } from '../../../../renderer/view/audit-query.ts';
import type { AuditEntry } from '../../../../shared/contract/record.ts';

const entry = (over: Partial<AuditEntry> = {}): AuditEntry => ({
  sequence: 7,
  at: '2026-01-05T10:00:00.000Z',
  actor: 'sam',
  act: 'halt',
  project: 'shop',
  cause: 'why',
  detail: {},
  ...over,
});

describe('secrets in the audit', () => {
  it.each([
    'token',
    'slackToken',
    'slack_token',
    'API-KEY',
    'apiKey',
    'password',
    'smtpPassword',
    'Authorization',
    'clientSecret',
    'webhookUrl',
  ])('are masked under the name %s', (name) => {
    expect(withoutSecrets({ deep: [{ [name]: 'abc' }] })).toEqual({ deep: [{ [name]: MASK }] });
  });
  it.each(['commit', 'keyboard', 'tokenised', 'author', 'secretary', 'change', 'monkey'])(
    'are not seen in the name %s',
    (name) => {
      expect(withoutSecrets({ [name]: 'abc' })).toEqual({ [name]: 'abc' });
    },
  );
  it.each([
    `ghp_${'a'.repeat(36)}`,
    `xoxb-${'1'.repeat(12)}-abcdefghij`,
    'https://hooks.slack.com/services/T0/B0/xyz',
    'Bearer abcdef0123456789',
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln',
  ])('are masked by how they look: %s', (secret) => {
    const text = withoutSecrets(`sent ${secret} away`);
    expect(text).toBe(`sent ${MASK} away`);
  });
  it('leaves the rest of an address', () => {
    expect(withoutSecrets('smtp://ann:hunter2@mail.example:587')).toBe(`smtp://ann:${MASK}@mail.example:587`);
  });
});

describe('the detail of an entry', () => {
  it('is JSON over lines, without directions that turn text round', () => {
    expect(detailText(entry({ detail: { a: 'x\u202ey' } }))).toBe('{\n  "a": "x y"\n}');
    expect(detailText(entry())).toBeNull();
  });
  it.each<[string, Record<string, unknown>, string | null]>([
    ['gate-asked', { decisionId: 'shop-feature-7' }, 'shop-feature-7'],
    ['gate-asked', { id: 'd-1' }, 'd-1'],
    ['deploy-start', { id: 'd-1' }, null],
    ['push', { decision: 'd-2' }, 'd-2'],
    ['gate-asked', { decisionId: 7 }, null],
  ])('of %s with %j leads to %s', (act, detail, id) => {
    expect(decisionIdOf(entry({ act, detail }))).toBe(id);
  });
});

describe('the audit as a file', () => {
  it('is CSV that a spreadsheet reads as text', () => {
    const text = auditFile(
      [entry({ cause: '=HYPERLINK("http://x")', project: null, detail: { a: 1, token: 't' } })],
      'csv',
    );
    expect(text.split('\r\n')).toEqual([
      'sequence,at,actor,act,project,cause,detail',
      `7,2026-01-05T10:00:00.000Z,sam,halt,,"'=HYPERLINK(""http://x"")","{""a"":1,""token"":""${MASK}""}"`,
      '',
    ]);
  });
  it('is NDJSON, an entry a line', () => {
    const lines = auditFile([entry(), entry({ sequence: 6, cause: 'two\nlines' })], 'ndjson').split('\n');
    expect(lines.slice(0, 2).map((line) => (JSON.parse(line) as AuditEntry).sequence)).toEqual([7, 6]);
    expect(lines[2]).toBe('');
  });
});

describe('collecting the audit', () => {
  const record = Array.from({ length: 2500 }, (_none, index) => entry({ sequence: 2500 - index }));
  const ask = (path: string): Promise<unknown> => {
    const query = new URL(path, 'http://x').searchParams;
    const before = Number(query.get('before') ?? Infinity);
    return Promise.resolve(
      record.filter(({ sequence }) => sequence < before).slice(0, Number(query.get('limit'))),
    );
  };
  it('reads every entry once, in order, and tells how far it is', async () => {
    const told: number[] = [];
    const { entries, isCut } = await collectAudit(ask, NO_FILTER, (count) => told.push(count));
    expect([entries.length, entries.at(-1)?.sequence, isCut]).toEqual([2500, 1, false]);
    expect(told).toEqual([1000, 2000]);
  });
  it('stops where a file would be too long, and says so', async () => {
    const { entries, isCut } = await collectAudit(ask, NO_FILTER, () => undefined, 1500);
    expect([entries.length, isCut]).toEqual([1500, true]);
  });
  it('asks with the filter, safely written', () => {
    expect(auditPath({ project: '', actor: 'git hook&x', act: 'halt' }, 9, 101)).toBe(
      '/v1/audit?limit=101&actor=git+hook%26x&act=halt&before=9',
    );
  });
});
