import { LEFT_OUT, METRICS } from '../core/metrics/metric-table.ts';
import type { Metric } from '../core/metrics/metric.ts';
import { STATED_NAMES } from '../core/metrics/project-evidence.ts';

export const TABLE_BEGIN = '<!-- metric table: node scripts/write-pages.ts writes it -->';
export const TABLE_END = '<!-- end of metric table -->';

/** The page with its table made anew. Throws when it has no place for it. */
export function withMetricTable(page: string): string {
  const begin = page.indexOf(TABLE_BEGIN);
  const end = page.indexOf(TABLE_END);
  if (begin === -1 || end < begin) throw new Error('docs/metrics.md has no place for the metric table');
  return `${page.slice(0, begin + TABLE_BEGIN.length)}\n\n${metricTable()}\n\n${page.slice(end)}`;
}

function metricTable(): string {
  const all: readonly Metric[] = [...METRICS, LEFT_OUT];
  const lines = all.map(({ name, help, kind, labels, most }) => {
    const series = kind === 'histogram' ? '' : most === 1 ? '' : `, at most ${most}`;
    const by = labels.length === 0 ? '' : `, by ${labels.map((label) => `\`${label}\``).join(', ')}`;
    return `- \`${name}\` (${kind}${by}${series}): ${help}.`;
  });
  const stated = STATED_NAMES.map(
    ({ name, names }) => `- ${name}: ${names.map((one) => `\`${one}\``).join(', ')}`,
  );
  const sum = all.reduce((total, { most }) => total + most, 0);
  return [
    `${all.length} metrics, at most ${sum} lines with 100 projects:`,
    lines.join('\n'),
    'What a report may state of itself, below `evidence` or at its top:',
    stated.join('\n'),
  ].join('\n\n');
}
