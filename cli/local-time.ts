/** "2025-12-30T19:30:45.123000": local time without a zone, to the microsecond, as the classic block has it. */
export function localIsoText(wallMs: number): string {
  const zoneMs = new Date(wallMs).getTimezoneOffset() * 60_000;
  return `${new Date(wallMs - zoneMs).toISOString().slice(0, -1)}000`;
}
