/** "read just now", "read 40 s ago", "read 3 min ago"; says so when the stamp is from the future. */
export function ageWords(readAt: string | null, nowMs: number): string {
  if (readAt === null) return 'never read';
  const seconds = (nowMs - Date.parse(readAt)) / 1000;
  if (!Number.isFinite(seconds)) return 'read at an unknown time';
  if (seconds < -5) return 'stamped in the future';
  if (seconds < 5) return 'read just now';
  if (seconds < 120) return `read ${Math.round(seconds)} s ago`;
  if (seconds < 7_200) return `read ${Math.round(seconds / 60)} min ago`;
  return `read ${Math.round(seconds / 3_600)} h ago`;
}
