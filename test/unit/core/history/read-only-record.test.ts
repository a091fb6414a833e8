import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { openRecord } from '../../../../core/history/open-record.ts';
import { readRecord } from '../../../../core/history/read-only-record.ts';

const NOW_MS = Date.parse('2026-01-05T10:00:00Z');
const NOW = new Date(NOW_MS).toISOString();
let dir: string;
let path: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'orch-record-'));
  path = join(dir, 'history.db');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('readRecord', () => {
  it('reads what a core wrote, while it runs and after', async () => {
    const { record } = await openRecord(path, NOW_MS);
    const incident = {
      id: 'i',
      project: 'shop',
      severity: 'major' as const,
      title: 'x',
      openedAt: NOW,
      closedAt: null,
    };
    record.keepIncident(incident);
    const expected = {
      deployments: [],
      incidents: [{ severity: 'major', openedAtMs: NOW_MS, closedAtMs: null }],
    };
    expect(await readRecord(path, 'shop', NOW_MS)).toEqual(expected);
    expect(await readRecord(path, 'other', NOW_MS)).toEqual({ deployments: [], incidents: [] });
    record.close();
    expect(await readRecord(path, 'shop', NOW_MS)).toEqual(expected);
  });

  it('knows nothing where there is no database of ours, and changes none', async () => {
    expect(await readRecord(path, 'shop', NOW_MS)).toBeNull();
    writeFileSync(path, 'not a database');
    expect(await readRecord(path, 'shop', NOW_MS)).toBeNull();
    expect(readFileSync(path, 'utf8')).toBe('not a database');
  });
});
