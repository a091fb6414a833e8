const UNIT_MS: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/**
 * An instant as people write it, in milliseconds since 1970: `now`, back from now (`-7d`, `-90m`), milliseconds, or
 * ISO (a day alone begins in UTC). Null for anything else.
 */
export function instantMs(text: string, nowMs: number): number | null {
  if (text === 'now') return nowMs;
  const back = /^-(\d+(?:\.\d+)?)([smhdw])$/.exec(text);
  if (back !== null) return nowMs - Number(back[1]) * (UNIT_MS[back[2] ?? ''] ?? 0);
  if (/^\d{12,15}$/.test(text)) return Number(text);
  // A date engine takes many more texts for dates, and not the same ones everywhere.
  if (!/^\d{4}-\d{2}-\d{2}([T ].+)?$/.test(text)) return null;
  const atMs = Date.parse(text);
  return Number.isNaN(atMs) ? null : atMs;
}
