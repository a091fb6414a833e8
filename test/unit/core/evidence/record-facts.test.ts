import { describe, expect, it } from 'vitest';

import { createRecordMemory } from '../../../../core/evidence/record-facts.ts';
import { createMemoryRecord } from '../../../../core/history/memory-record.ts';
import type { RecordStore } from '../../../../core/history/record.ts';
import { fakeClock } from '../../../fakes/fake-clock.ts';

/** A record that counts how often its rows are read. */
function counted(): { readonly record: RecordStore; readonly reads: () => number } {
  const record = createMemoryRecord();
  let reads = 0;
  const deployments: RecordStore['deployments'] = (filter) => {
    reads += 1;
    return record.deployments(filter);
  };
  return { record: { ...record, deployments }, reads: () => reads };
}

const incident = (project: string, at: string) => ({
  id: `${project}-1`,
  project,
  severity: 'major' as const,
  title: 'it is down',
  openedAt: at,
  closedAt: null,
});

describe('what the loop remembers of the record', () => {
  it('is read once for many ticks, and at once after an incident', () => {
    const clock = fakeClock();
    const { record, reads } = counted();
    const memory = createRecordMemory(clock, record);
    for (let tick = 0; tick < 10; tick += 1) memory.refresh(['shop', 'site']);
    expect(reads()).toBe(2);
    record.keepIncident(incident('shop', new Date(clock.wallMs()).toISOString()));
    memory.refresh(['shop', 'site']);
    expect(memory.of('shop').incidents).toHaveLength(1);
    expect(memory.of('site').incidents).toHaveLength(0);
    expect(reads()).toBe(4);
  });

  it('knows a project that comes to the others, and forgets one that leaves', () => {
    const { record, reads } = counted();
    const memory = createRecordMemory(fakeClock(), record);
    memory.refresh(['shop']);
    memory.refresh(['shop', 'site']);
    expect(reads()).toBe(2);
    memory.refresh(['site']);
    memory.refresh(['site', 'shop']);
    expect(reads()).toBe(3);
  });

  it('lets rows grow out of the window though nothing else happens', async () => {
    const clock = fakeClock();
    const { record } = counted();
    const at = new Date(clock.wallMs()).toISOString();
    record.keepIncident({ ...incident('shop', at), closedAt: at });
    const memory = createRecordMemory(clock, record);
    memory.refresh(['shop']);
    expect(memory.of('shop').incidents).toHaveLength(1);
    await clock.advanceMs(31 * 86_400_000);
    memory.refresh(['shop']);
    expect(memory.of('shop').incidents).toHaveLength(0);
  });
});
