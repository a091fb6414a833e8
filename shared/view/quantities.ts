/** Numbers as a person reads them: a narrow no-break space before the unit, nothing more exact than it is. */

const NNBSP = '\u202f';

/** "17 %", rounded down so that 19.99 never reads as 20; "n/a" without data. */
export function percentText(percent: number | null): string {
  return percent === null ? 'n/a' : `${Math.floor(percent)}${NNBSP}%`;
}

/** "9.1 W", the sign left to the words around it. */
export function wattsText(powerW: number | null): string {
  return powerW === null ? 'n/a' : `${Math.abs(powerW).toFixed(1)}${NNBSP}W`;
}

/** "40 min", "1 h 25 min": whole minutes under an hour, steps of five above, "24 h" at most. */
export function minutesText(minutes: number): string {
  if (minutes < 60) return `${Math.round(minutes)}${NNBSP}min`;
  if (minutes >= 24 * 60) return `24${NNBSP}h`;
  const rounded = Math.round(minutes / 5) * 5;
  const hours = Math.floor(rounded / 60);
  const rest = rounded % 60;
  return rest === 0 ? `${hours}${NNBSP}h` : `${hours}${NNBSP}h ${rest}${NNBSP}min`;
}

/** "just now", "40 s ago", "3 min ago", "3 h ago", "2 days ago". */
export function ageText(seconds: number): string {
  if (seconds < 5) return 'just now';
  if (seconds < 90) return `${Math.round(seconds)}${NNBSP}s ago`;
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)}${NNBSP}min ago`;
  if (seconds < 36 * 3600) return `${Math.round(seconds / 3600)}${NNBSP}h ago`;
  return `${Math.round(seconds / 86_400)} days ago`;
}
