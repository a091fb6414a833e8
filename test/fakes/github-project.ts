import { createHmac } from 'node:crypto';

import type { WebhookCall } from '../../core/sync/github/webhook-receiver.ts';
import type { Decision } from '../../shared/contract/decision.ts';
import type { Snapshot } from '../../shared/contract/state.ts';
import { CHANGE_TYPES, type HealthMode, type Verdict } from '../../shared/contract/vocabulary.ts';
import { soundProject } from './alert-snapshots.ts';
import { bareSnapshot } from './bare-snapshot.ts';

/** What the project "shop" is told of every change. */
export interface ToldOfAll {
  readonly verdict: Verdict;
  readonly reason?: string;
  readonly code?: string;
  readonly mode?: HealthMode;
}

/** A snapshot in which every change of the project "shop" gets one verdict, for one reason. */
export function snapshotTelling({
  verdict,
  reason = 'The battery is at 17 %.',
  code = 'energy-low',
  mode = 'FAST',
}: ToldOfAll): Snapshot {
  const isAllowed = verdict === 'allow';
  const decisions = CHANGE_TYPES.map((change): [string, Decision] => [
    change,
    {
      id: `d-${change}`,
      project: 'shop',
      change,
      verdict,
      bindingReason: isAllowed ? null : reason,
      reasons: isAllowed ? [] : [{ code, text: reason, verdict }],
      cheapestWayToPass: isAllowed ? null : 'plug in',
      retryAfterSeconds: null,
      operatingMode: 'NORMAL',
      level: 'LOW',
      decidedAt: '2026-01-05T10:00:00.000Z',
      ages: {},
      inputsHash: 'x',
    },
  ]);
  const state = soundProject({ id: 'shop', mode, decisions: Object.fromEntries(decisions) });
  return { ...bareSnapshot('LOW'), projects: [state] };
}

/** An open pull request of ann/shop, as GitHub lists it. */
export function openPull(sha: string, over: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    number: 7,
    node_id: 'PR_7',
    state: 'open',
    draft: false,
    title: 'feat: a thing',
    body: null,
    updated_at: '2026-01-04T10:00:00Z',
    labels: [],
    head: { sha, ref: 'thing', repo: { full_name: 'ann/shop' } },
    base: { ref: 'main' },
    ...over,
  };
}

/** A webhook's call, signed. */
export function signedCall(event: string, payload: object, secret: string): WebhookCall {
  const body = Buffer.from(JSON.stringify(payload));
  const digest = createHmac('sha256', secret).update(body).digest('hex');
  return {
    headers: {
      'content-type': 'application/json',
      'x-github-event': event,
      'x-github-delivery': `d-${digest.slice(0, 16)}`,
      'x-hub-signature-256': `sha256=${digest}`,
    },
    body,
  };
}
