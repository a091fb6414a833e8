import type { OwnUse } from './metric-facts.ts';

/** What the process that runs this uses itself. */
export function ownUse(): OwnUse {
  const { user, system } = process.cpuUsage();
  return { cpuSeconds: (user + system) / 1e6, residentBytes: process.memoryUsage.rss() };
}
