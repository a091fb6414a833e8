import type { ProcessEntry } from './process-table.ts';

/**
 * Everything that belongs to what was started as `isSeed`: its descendants, and whoever shares a session or a
 * group with one of them. What is started for us gets a session of its own, so none of these is a stranger's.
 * Ended processes that nobody collected are left out.
 *
 * @param isSeed a process known for certain: the leader by pid and start time, or one that carries the mark
 * @param exceptPid never a member: the process that asks
 */
export function processMembers(
  entries: readonly ProcessEntry[],
  isSeed: (entry: ProcessEntry) => boolean,
  exceptPid: number,
): ProcessEntry[] {
  const members = new Map<number, ProcessEntry>();
  const sessions = new Set<number>();
  const groups = new Set<number>();
  const add = (entry: ProcessEntry): void => {
    members.set(entry.pid, entry);
    // 0 is the kernel's own, 1 everybody's.
    if (entry.sessionId > 1) sessions.add(entry.sessionId);
    if (entry.groupId > 1) groups.add(entry.groupId);
  };
  const others = entries.filter(({ pid }) => pid > 1 && pid !== exceptPid);
  for (const entry of others) if (isSeed(entry)) add(entry);
  for (let before = -1; before !== members.size;) {
    before = members.size;
    for (const entry of others) {
      if (members.has(entry.pid)) continue;
      const { parentPid, sessionId, groupId } = entry;
      if (members.has(parentPid) || sessions.has(sessionId) || groups.has(groupId)) add(entry);
    }
  }
  return [...members.values()].filter(({ state }) => state !== 'Z' && state !== 'X');
}
