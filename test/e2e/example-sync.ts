import type { SyncReply } from '../../shared/contract/sync.ts';

const FINE = {
  state: 'ok',
  queuedCount: 0,
  unsureCount: 0,
  deadCount: 0,
  oldestQueuedAt: null,
  lastSuccessAt: '2026-01-05T09:59:40.000Z',
  lastError: null,
  lastErrorAt: null,
  problem: null,
  nextTryAt: null,
} as const;

/** A mirror with everything that can be seen on the page. */
export const EXAMPLE_SYNC: SyncReply = {
  destinations: {
    'github:sam/shop': { ...FINE, lastError: 'GitHub answered 502', lastErrorAt: '2026-01-05T08:12:00.000Z' },
    manus: {
      ...FINE,
      state: 'stopped',
      queuedCount: 3,
      unsureCount: 1,
      deadCount: 1,
      oldestQueuedAt: '2026-01-05T07:10:00.000Z',
      lastSuccessAt: '2026-01-05T07:05:00.000Z',
      lastError:
        'Manus refused the API key (401): set one with orch sync key, or mend the file of sync.manus.keyFile',
      lastErrorAt: '2026-01-05T09:58:00.000Z',
      problem:
        'Manus refused the API key (401): set one with orch sync key, or mend the file of sync.manus.keyFile',
      nextTryAt: '2026-01-05T10:58:00.000Z',
    },
  },
  messages: [
    {
      id: '3b1f6a52-0000-4000-8000-000000000001',
      destination: 'manus',
      act: 'task.update',
      project: 'shop',
      cause: 'the state changed',
      state: 'waiting',
      queuedAt: '2026-01-05T07:10:00.000Z',
      triesCount: 3,
      why: 'Manus refused the API key (401): set one with orch sync key, or mend the file of sync.manus.keyFile',
      can: ['drop'],
    },
    {
      id: 'manus:task:shop:commit:3f2a9c1b77d0',
      destination: 'manus',
      act: 'task.create',
      project: 'shop',
      cause: 'commit 3f2a9c1b77d0 asks for a task',
      state: 'unsure',
      queuedAt: '2026-01-05T07:09:00.000Z',
      triesCount: 1,
      why: 'Manus did not answer within 15 s',
      can: [],
    },
    {
      id: 'manus:task:model:commit:77aa9c1b77d0',
      destination: 'manus',
      act: 'task.create',
      project: 'model',
      cause: 'commit 77aa9c1b77d0 asks for a task',
      state: 'dead',
      queuedAt: '2025-12-28T07:09:00.000Z',
      triesCount: 41,
      why: 'not delivered within 7 days: Manus cannot be reached (ENOTFOUND)',
      can: ['retry', 'drop'],
    },
  ],
  projects: [
    {
      project: 'shop',
      tasks: [
        {
          task: 'TeBim6FDQf9peSabcdEFGH',
          role: 'task',
          url: 'https://manus.im/app/TeBim6FDQf9peSabcdEFGH',
          ourTitle: null,
          ourStatus: 'deployed',
          theirTitle: 'Checkout: a voucher is taken off twice',
          theirStatus: 'running',
          seenAt: '2026-01-05T07:05:00.000Z',
          differences: [{ what: 'status', ours: 'deployed', theirs: 'running' }],
          differsSince: '2026-01-05T06:40:00.000Z',
          commits: [
            { commit: '3f2a9c1b77d0aa10', source: 'hook', linkedAt: '2026-01-05T06:30:00.000Z' },
            { commit: 'b81e02c4d5f6aa11', source: 'person', linkedAt: '2026-01-04T16:30:00.000Z' },
          ],
        },
        {
          task: 'BoArdm6FDQf9peSabcdEFG',
          role: 'board',
          url: 'https://manus.im/app/BoArdm6FDQf9peSabcdEFG',
          ourTitle: 'shop: LOW 15 % · feature stop · fix go [orch-0123456789ab]',
          ourStatus: null,
          theirTitle: 'shop: HIGH 80 % · feature go · others go [orch-0123456789ab]',
          theirStatus: 'stopped',
          seenAt: '2026-01-05T07:05:00.000Z',
          differences: [
            {
              what: 'title',
              ours: 'shop: LOW 15 % · feature stop · fix go [orch-0123456789ab]',
              theirs: 'shop: HIGH 80 % · feature go · others go [orch-0123456789ab]',
            },
          ],
          differsSince: '2026-01-05T07:10:00.000Z',
          commits: [],
        },
      ],
      asking: [{ commit: '3f2a9c1b77d0aa10', source: 'hook', linkedAt: '2026-01-05T06:30:00.000Z' }],
    },
    { project: 'model', tasks: [], asking: [] },
  ],
};
