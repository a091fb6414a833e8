/** One contender's figure: the median of its runs. */
export interface Figure {
  readonly label: string;
  readonly median: number;
  readonly unit: string;
  readonly runs: number;
}

export type BenchResult =
  | {
      readonly kind: 'measured';
      readonly name: string;
      readonly ours: Figure;
      readonly theirs: Figure;
      /** ours / theirs. */
      readonly ratio: number;
      readonly bar: Bar;
      readonly notes: readonly string[];
    }
  | { readonly kind: 'left-out'; readonly name: string; readonly because: string };

/** What the ratio must be; it fails nothing by itself, only under `--check`. */
export interface Bar {
  readonly must: 'at most' | 'at least';
  readonly ratio: number;
}

export function measured(
  name: string,
  ours: Figure,
  theirs: Figure,
  bar: Bar,
  notes: readonly string[] = [],
): BenchResult {
  return { kind: 'measured', name, ours, theirs, ratio: ours.median / theirs.median, bar, notes };
}

export function meetsBar(result: BenchResult): boolean {
  if (result.kind === 'left-out') return true;
  return result.bar.must === 'at most' ? result.ratio <= result.bar.ratio : result.ratio >= result.bar.ratio;
}

/** The middle value; the mean of the two middle ones for an even count. Throws for an empty list. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  if (upper === undefined || lower === undefined) throw new Error('median of nothing');
  return (upper + lower) / 2;
}
