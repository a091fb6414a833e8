import { describe, expect, test } from 'vitest';

import { judgePush, type GatedProject } from '../../../../core/hooks/push-judgement.ts';
import { createCommitReader } from '../../../../core/projects/commit-message.ts';
import type { Decision } from '../../../../shared/contract/decision.ts';
import { gateAskSchema, type GateReply } from '../../../../shared/contract/gate-ask.ts';
import type { ProjectState, Snapshot } from '../../../../shared/contract/state.ts';
import { CHANGE_TYPES, type ChangeType, type Verdict } from '../../../../shared/contract/vocabulary.ts';
import { bareSnapshot } from '../../../fakes/bare-snapshot.ts';

const reader = createCommitReader();

function decision(project: string, change: ChangeType, verdict: Verdict): Decision {
  return {
    id: `${project}-${change}`,
    project,
    change,
    verdict,
    bindingReason: verdict === 'allow' ? null : 'Because.',
    reasons: [],
    cheapestWayToPass: verdict === 'allow' ? null : 'wait',
    retryAfterSeconds: null,
    operatingMode: 'NORMAL',
    level: 'MEDIUM',
    decidedAt: '2026-01-05T10:00:00.000Z',
    ages: {},
    inputsHash: 'h',
  };
}

/** A project that allows all but what is said. */
function state(id: string, path: string, verdicts: Partial<Record<ChangeType, Verdict>>): ProjectState {
  return {
    id,
    path,
    profile: 'business',
    scores: {},
    mode: null,
    operatingMode: 'NORMAL',
    confidence: 1,
    freshness: 'fresh',
    problem: null,
    showInTray: true,
    defaultChange: 'feature',
    decisions: Object.fromEntries(
      CHANGE_TYPES.map((change) => [change, decision(id, change, verdicts[change] ?? 'allow')]),
    ),
  };
}

function push(
  states: readonly ProjectState[],
  titles: readonly string[],
  more: object = {},
  branches: readonly string[] | null = ['main'],
): GateReply & { asked: string[] } {
  const snapshot: Snapshot = { ...bareSnapshot('MEDIUM'), projects: [...states] };
  const projects = states.map(({ id, path }): GatedProject => ({
    id,
    path: path ?? '',
    deployBranches: branches,
  }));
  const commits = titles.map((title) => ({ title }));
  const ask = gateAskSchema.parse({ kind: 'push', root: '/shop', branches: ['main'], commits, ...more });
  const asked: string[] = [];
  const onAsked = (project: string, change: ChangeType): number => asked.push(`${project} ${change}`);
  return { ...judgePush(ask, { projects, snapshot, reader, onAsked }), asked };
}

describe('what the hook ends with', () => {
  test.each<[Verdict, number, number]>([
    ['allow', 0, 0],
    ['throttle', 0, 4],
    ['unknown', 0, 3],
    ['block', 1, 1],
  ])('%s: %i, and %i for a strict hook', (verdict, code, strictCode) => {
    const shop = [state('shop', '/shop', { feature: verdict })];
    expect(push(shop, ['feat: a'])).toMatchObject({ exitCode: code, verdict, decisionId: 'shop-feature' });
    const strict = push(shop, ['feat: a'], { strict: true });
    expect(strict.exitCode).toBe(strictCode);
    expect(strict.words.includes('blocked')).toBe(strictCode !== 0);
    expect(strict.words === '').toBe(verdict === 'allow');
  });

  test('a repository without a project goes, and stops a strict hook', () => {
    expect(push([state('other', '/other', {})], ['feat: a'])).toMatchObject({ exitCode: 0, verdict: null });
    expect(push([], ['feat: a'], { strict: true })).toMatchObject({ exitCode: 3 });
  });
});

describe('what speaks', () => {
  test('the worst verdict over all that lands, then the change that reaches further', () => {
    const shop = [state('shop', '/shop', { fix: 'throttle', feature: 'block', infra: 'block' })];
    expect(push(shop, ['fix: a', 'feat: b', 'docs: c']).asked).toEqual(['shop feature']);
    expect(push(shop, ['feat: b', 'ci: d']).asked).toEqual(['shop infra']);
    expect(push(shop, ['fix: a', 'docs: c'])).toMatchObject({ verdict: 'throttle', asked: ['shop fix'] });
  });

  test('the default change type, where the commits were not all listed', () => {
    const shop = [{ ...state('shop', '/shop', { infra: 'block' }), defaultChange: 'infra' as const }];
    expect(push(shop, ['fix: a'], { isComplete: false })).toMatchObject({
      exitCode: 1,
      asked: ['shop infra'],
    });
  });

  test('the worst of several projects', () => {
    const both = [state('a', '/shop/a', {}), state('b', '/shop/b', { feature: 'block' })];
    expect(push(both, ['feat: x'])).toMatchObject({ exitCode: 1, asked: ['b feature'] });
    expect(push(both, ['feat: x']).words).toContain('push to main (b) blocked');
  });

  test('nobody, on a branch that is no longer a deploy branch; the hook’s own word where settings are not at hand', () => {
    const shop = [state('shop', '/shop', { feature: 'block' })];
    expect(push(shop, ['feat: a'], {}, ['release/*'])).toMatchObject({ exitCode: 0, words: '', asked: [] });
    expect(push(shop, ['feat: a'], {}, null)).toMatchObject({ exitCode: 1 });
  });
});
