import type { Deployment } from '../contract/record.ts';
import type { TaskStatus } from '../contract/vocabulary.ts';

/** A short hash names a commit as well as the whole one; fewer characters name too many. */
const SHORTEST = 7;

/** What deployments of its commits say of a task, and since when; null when none was of one of them. */
export function deployedStatus(
  commits: readonly string[],
  deployments: readonly Deployment[],
): { readonly status: TaskStatus; readonly at: string } | null {
  const ours = deployments.filter(({ commit }) => commits.some((linked) => isSame(linked, commit)));
  const newest = ours.reduce<Deployment | null>(
    (last, each) => (last === null || instantOf(each) > instantOf(last) ? each : last),
    null,
  );
  if (newest === null) return null;
  return { status: statusOf(newest), at: instantOf(newest) };
}

function isSame(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return short.length >= SHORTEST && long.startsWith(short);
}

function instantOf({ startedAt, finishedAt }: Deployment): string {
  return finishedAt ?? startedAt;
}

function statusOf({ result }: Deployment): TaskStatus {
  if (result === null) return 'deploying';
  return result === 'ok' ? 'deployed' : result;
}
