import { expect, test } from 'vitest';

import { plainWords } from '../../../../core/hooks/plain-words.ts';
import { pushWords, type PushWordsInput } from '../../../../core/hooks/push-words.ts';
import type { Decision } from '../../../../shared/contract/decision.ts';

const decision = (parts: Partial<Decision>): Decision => ({
  id: 'd',
  project: 'shop',
  change: 'feature',
  verdict: 'block',
  bindingReason: 'LOW, battery 12 %, draining 9.0 W: features wait until 20 %.',
  reasons: [{ code: 'energy-low', text: '', verdict: 'block' }],
  cheapestWayToPass: 'plug in',
  retryAfterSeconds: 60,
  operatingMode: 'NORMAL',
  level: 'LOW',
  decidedAt: '2026-01-05T10:00:00Z',
  ages: {},
  inputsHash: 'h',
  ...parts,
});
const words = (parts: Partial<Decision>, input: Partial<PushWordsInput> = {}): string =>
  pushWords({
    decision: decision(parts),
    branch: 'main',
    energy: { percent: 12.9, ups: [] },
    isStopped: true,
    fixGoes: true,
    isCounted: true,
    nameProject: false,
    ...input,
  });

test('a block by the battery says what it has, what it needs and two ways on', () => {
  expect(words({})).toBe(
    'orch: push to main blocked: battery 12 %, features need 20 %. Plug in, or push as a fix.',
  );
});

test('other reasons in their own words, capitals kept', () => {
  const halt = {
    reasons: [{ code: 'halt', text: '', verdict: 'block' as const }],
    cheapestWayToPass: 'lift the HALT',
  };
  expect(
    words(
      { ...halt, bindingReason: 'Halted by Ann since 14:20: audit. Only reverts pass.' },
      { fixGoes: false },
    ),
  ).toBe('orch: push to main blocked: halted by Ann since 14:20: audit. Only reverts pass. Lift the HALT.');
  expect(words({ ...halt, bindingReason: 'CRITICAL, x.', cheapestWayToPass: 'make it a fix' })).toBe(
    'orch: push to main blocked: CRITICAL, x. Push it as a fix.',
  );
});

test('a throttle goes on, a strict one does not', () => {
  const safe = {
    verdict: 'throttle' as const,
    reasons: [],
    bindingReason: 'SAFE by stability 60: features need a person to confirm them.',
  };
  expect(words(safe, { isStopped: false })).toBe(
    'orch: push to main needs review: SAFE by stability 60: features need a person to confirm them. A person confirms it: you, by pushing.',
  );
  expect(words({ ...safe, cheapestWayToPass: 'have a person confirm it' }, { fixGoes: false })).toContain(
    'main blocked: SAFE',
  );
});

test('an allow says nothing; one project of several is named; too many commits are said', () => {
  expect(words({ verdict: 'allow', bindingReason: null, cheapestWayToPass: null })).toBe('');
  expect(words({}, { nameProject: true })).toContain('push to main (shop) blocked');
  expect(words({}, { isCounted: false })).toContain('features (too many commits) need 20 %');
});

test('words are one plain line, whatever went in', () => {
  const text = plainWords('a "b" \\ c\n\u001b[31md\u202e\u0000 e\ud800');
  expect(text).toBe("a 'b' / c [31md e\ufffd");
  expect(JSON.stringify(text)).toBe(`"${text}"`);
  expect(plainWords('x'.repeat(600))).toHaveLength(500);
});
