import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { describe, expect, it } from 'vitest';

import { METRICS } from '../../../../core/metrics/metric-table.ts';
import { withMetricTable } from '../../../../scripts/metrics-page.ts';

const rootDir = resolve(import.meta.dirname, '../../../..');
const text = (path: string): string => readFileSync(resolve(rootDir, path), 'utf8');

describe('docs/metrics.md', () => {
  it('lists every metric (node scripts/write-pages.ts writes the page)', () => {
    const page = text('docs/metrics.md');
    expect(page).toBe(withMetricTable(page));
    for (const { name } of METRICS) expect(page).toContain(`\`${name}\``);
  });
  it('needs a place for them', () => {
    expect(() => withMetricTable('# Metrics')).toThrow('no place');
  });
});

describe('the dashboard of Grafana', () => {
  const dashboard = text('resources/grafana/dashboard.json');
  const known = new Set(
    METRICS.flatMap(({ name, kind }) => (kind === 'histogram' ? [`${name}_bucket`] : [name])),
  );
  const asked = new Set([...dashboard.matchAll(/\borch_\w+/g)].map(([name]) => name));

  it('asks for nothing that does not exist', () => {
    expect([...asked].filter((name) => !known.has(name) && name !== 'orch_metrics_left_out')).toEqual([]);
  });
  it('shows all that a person would look for', () => {
    const unshown = [...known].filter((name) => !asked.has(name) && !/_info$/.test(name));
    expect(unshown).toEqual([
      'orch_energy_reserve_ratio',
      'orch_supply_online',
      'orch_ups_answering',
      'orch_ups_battery_low',
      'orch_ups_battery_replace',
      'orch_cooling_status',
      'orch_processor_throttled_total',
      'orch_process_start_time_seconds',
    ]);
  });
  it('takes its data source from a variable, in every panel', () => {
    const { panels } = JSON.parse(dashboard) as {
      panels: { type: string; datasource?: { uid: string }; gridPos: { x: number; w: number } }[];
    };
    const drawn = panels.filter(({ type }) => type !== 'row');
    expect(drawn.length).toBeGreaterThan(20);
    expect(drawn.every(({ datasource }) => datasource?.uid === '${datasource}')).toBe(true);
    expect(drawn.every(({ gridPos }) => gridPos.x + gridPos.w <= 24)).toBe(true);
  });
});
