import { expect, it } from 'vitest';

import { createMemoryRecord } from '../../../../core/history/memory-record.ts';
import { createActionBook } from '../../../../core/remediation/action-book.ts';
import { createActionStore } from '../../../../core/remediation/action-store.ts';
import { createRollbackFlow } from '../../../../core/remediation/rollback-flow.ts';
import type { RollbackKept } from '../../../../core/remediation/rollback-kept.ts';
import { rollbackConfigSchema } from '../../../../shared/contract/remediation-config.ts';
import { fakeClock } from '../../../fakes/fake-clock.ts';

it('a rollback that meets what nobody thought of waits for a person, who reads what it was and may try again', async () => {
  const clock = fakeClock();
  const record = createMemoryRecord();
  const book = createActionBook({ clock, record, store: createActionStore(null), onChange: () => undefined });
  const faults: unknown[] = [];
  const flow = createRollbackFlow({
    clock,
    book,
    record,
    runner: { run: () => Promise.reject(new Error('not reached')) },
    git: () => Promise.reject(new Error('EACCES: permission denied, mkdir work-trees')),
    stateDir: '/nowhere',
    onFault: (error) => faults.push(error),
  });
  const kept: RollbackKept = {
    deploymentId: 'd',
    incidentId: null,
    trigger: 'health',
    config: rollbackConfigSchema.parse({ kind: 'git-revert' }),
    folder: '/shop',
    preferred: [],
    doneMs: null,
    revert: null,
    isQuarantined: false,
  };
  const { id } = book.begin({
    ...{ kind: 'rollback', project: 'shop', subject: 'a'.repeat(40), state: 'asking', title: 'Roll back' },
    ...{ cause: '3 health checks failed', text: '', dueMs: null, undo: '', can: ['approve'], detail: {} },
    kept,
  });
  await flow.run(id, 'ann');
  expect(book.get(id)).toMatchObject({
    state: 'asking',
    text: 'It could not be done by itself: EACCES: permission denied, mkdir work-trees. Roll back by hand, or let it try again.',
    can: ['approve', 'decline'],
  });
  expect(faults).toEqual([]);
});
