const UNIT_SECONDS: Readonly<Record<string, number>> = {
  us: 1e-6,
  ms: 1e-3,
  s: 1,
  min: 60,
  h: 3600,
};

/**
 * What systemd says of `CPUQuotaPerSecUSec` ("infinity", "200ms", "1s 500ms"), as percent of one core; null for no
 * limit. Throws a RangeError for what is neither.
 */
export function quotaPercent(text: string): number | null {
  const trimmed = text.trim();
  if (trimmed === 'infinity') return null;
  const parts = [...trimmed.matchAll(/(\d+(?:\.\d+)?)(us|ms|s|min|h)(?:\s+|$)/g)];
  if (parts.length === 0 || parts.map(([whole]) => whole).join('') !== trimmed)
    throw new RangeError(`"${trimmed}" is no time of systemd`);
  const seconds = parts.reduce(
    (sum, [, number, unit]) => sum + Number(number) * (UNIT_SECONDS[unit ?? ''] ?? 0),
    0,
  );
  return Math.round(seconds * 1e5) / 1e3;
}

/** The property that sets a limit again; an empty one takes it away. */
export function quotaProperty(percent: number | null): string {
  return `CPUQuota=${percent === null ? '' : `${percent}%`}`;
}
