import { describe, expect, it } from 'vitest';

import { exportRows as coreRows } from '../../../../core/history/export-rows.ts';
import { exportName, exportRows, exportText } from '../../../../renderer/view/history-export.ts';
import type { HistoryReply } from '../../../../shared/contract/history.ts';
import { exportHead, exportRow } from '../../../../shared/view/history-file.ts';

const SPAN = { fromMs: 1_767_600_000_000, toMs: 1_767_603_600_000 };
const CURVE: HistoryReply = {
  schemaVersion: 1,
  kind: 'series',
  metric: 'score/shop/stability',
  unit: 'points',
  private: false,
  ...SPAN,
  stepMs: 60_000,
  source: 'samples',
  atMs: [SPAN.fromMs, SPAN.fromMs + 60_000, SPAN.fromMs + 120_000],
  min: [1, null, 3],
  mean: [1.5, null, 3],
  max: [2, null, 3],
  last: [2, null, 3],
  count: [2, 0, 1],
  gaps: [],
};
const LEVELS: HistoryReply = {
  schemaVersion: 1,
  kind: 'spans',
  metric: 'levels',
  ...SPAN,
  lanes: [{ project: null, change: null, spans: [{ ...SPAN, value: 'LOW' }] }],
  gaps: [{ fromMs: SPAN.fromMs + 1000, toMs: SPAN.toMs, cause: 'asleep' }],
};

describe('history export', () => {
  it('writes what `orch history` writes of the same answers', async () => {
    const wish = {
      ...SPAN,
      metrics: [CURVE.metric, 'levels', 'gaps'],
      stepMs: 60_000,
      project: undefined,
      isPrivate: false,
    };
    const source = {
      ask: ({ metric }: { metric: string }) => Promise.resolve(metric === 'levels' ? LEVELS : CURVE),
      metrics: () => Promise.reject(new Error('not asked')),
    };
    let csv = exportHead('csv', SPAN);
    for await (const row of coreRows(source, wish)) csv += exportRow('csv', row, false);
    expect(exportText(exportRows([CURVE, LEVELS]), SPAN, 'csv')).toBe(csv);
  });

  it('leaves out what is about the person', () => {
    expect(exportRows([{ ...CURVE, private: true }])).toEqual([]);
  });

  it('is one object a line, or one object', () => {
    const rows = exportRows([CURVE]);
    const lines = exportText(rows, SPAN, 'ndjson').trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(rows);
    expect(JSON.parse(exportText(rows, SPAN, 'json'))).toEqual({
      schemaVersion: 1,
      from: '2026-01-05T08:00:00.000Z',
      to: '2026-01-05T09:00:00.000Z',
      rows,
    });
  });

  it('gives a sheet no formula to run', () => {
    const [row] = exportRows([{ ...CURVE, metric: '=cmd()' }]);
    expect(exportText([{ ...row!, text: 'a,"b"' }], SPAN, 'csv')).toContain(
      `,'=cmd(),,points,2,1,1.5,2,2,"a,""b"""`,
    );
  });

  it('is called after its time', () => {
    expect(exportName(SPAN, 'csv')).toBe('history-2026-01-05T08-00-to-2026-01-05T09-00.csv');
  });
});
