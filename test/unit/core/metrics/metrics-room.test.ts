import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

import { createMemoryRecord } from '../../../../core/history/memory-record.ts';
import { createMetricsRoom, type MetricsRoomParts } from '../../../../core/metrics/metrics-room.ts';
import { configSchema } from '../../../../shared/contract/config.ts';
import { bareSnapshot } from '../../../fakes/bare-snapshot.ts';
import { fakeClock } from '../../../fakes/fake-clock.ts';

const dir = mkdtempSync(join(tmpdir(), 'orch-metrics-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe('the token file of GET /metrics', () => {
  it.each([
    ['was too open', (path: string) => chmodSync(path, 0o600), `${'t'.repeat(20)}\n`, 0o644],
    ['was empty', (path: string) => writeFileSync(path, `${'t'.repeat(20)}\n`), '', 0o600],
  ])('that %s is used as soon as it was mended', async (_, mend, text, mode) => {
    const tokenFile = join(mkdtempSync(join(dir, 'one-')), 'token');
    writeFileSync(tokenFile, text, { mode });
    const faults: string[] = [];
    const config = configSchema.parse({ metrics: { tokenFile } });
    const room = createMetricsRoom({
      clock: fakeClock(),
      core: { entries: () => [] },
      record: createMemoryRecord(),
      database: null,
      config: () => config,
      onFault: (error: unknown) => faults.push((error as Error).message),
    } as unknown as MetricsRoomParts);
    room.start?.();
    const snapshot = bareSnapshot('FULL');
    const ticks = (what: () => boolean): Promise<void> =>
      expect.poll(() => (room.take?.(snapshot), what()), { timeout: 20_000 }).toBe(true);
    await ticks(() => room.notes().some(({ code }) => code === 'metrics-token'));
    mend(tokenFile);
    await ticks(() => room.acceptsScrape(`Bearer ${'t'.repeat(20)}`));
    await ticks(() => room.notes().length === 0);
    // A reader that is let in stays in.
    room.take?.(snapshot);
    expect(room.acceptsScrape(`Bearer ${'t'.repeat(20)}`)).toBe(true);
    expect(faults).toHaveLength(1);
    await room.stop?.();
  });
});
