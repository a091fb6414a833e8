import { describe, expect, it } from 'vitest';

import { createJobsLine, type Lined } from '../../../../core/remediation/jobs-line.ts';
import type { JobFacts } from '../../../../shared/jobs/facts.ts';
import { ownHold, ownWait } from '../../../../shared/jobs/start-rule.ts';
import { factsAt } from '../../../fakes/fake-jobs.ts';

const AGEING_MS = 600_000;
let created = 0;

function job(id: string, minutes: number | null, more: Partial<Lined> = {}): Lined {
  created += 1;
  const needs = { level: 'MEDIUM', minutes } as const;
  return { id, project: null, needs, isHeld: false, priority: 0, createdMs: created, ...more };
}

function lineOf(...jobs: readonly Lined[]): ReturnType<typeof createJobsLine<Lined>> {
  const line = createJobsLine<Lined>(AGEING_MS);
  for (const one of jobs) line.add(one);
  return line;
}
const ids = (jobs: Iterable<Lined>): string[] => [...jobs].map(({ id }) => id);

describe('the line of jobs', () => {
  it('is in order by priority plus age, whatever comes and goes', () => {
    const line = lineOf(job('a', 1), job('b', 1, { priority: 1 }), job('c', 1), job('d', 1, { priority: 5 }));
    expect(ids(line.inOrder())).toEqual(['d', 'b', 'a', 'c']);
    line.remove('b');
    line.remove('nobody');
    expect(ids(line.inOrder())).toEqual(['d', 'a', 'c']);
    expect([line.placeOf('c'), line.placeOf('b')]).toEqual([2, null]);
  });

  it('has two candidates for each project and level at most, however long it is', () => {
    const line = createJobsLine<Lined>(AGEING_MS);
    for (let count = 0; count < 1000; count += 1)
      line.add(job(`job-${count}`, count % 7 === 0 ? null : count, { project: count % 2 === 0 ? 'a' : 'b' }));
    expect([...line.candidates()].map(({ project, needs }) => [project, needs.minutes])).toEqual([
      ['a', null],
      ['a', 2],
      ['b', null],
      ['b', 1],
    ]);
  });

  it('leaves out whoever is held back, and takes it in again', () => {
    const held = job('short', 5);
    const line = lineOf(held, job('long', 50));
    expect(ids(line.candidates())).toEqual(['short']);
    line.add({ ...held, isHeld: true });
    expect(ids(line.candidates())).toEqual(['long']);
    line.remove('long');
    expect(ids(line.candidates())).toEqual([]);
    line.add(held);
    expect(ids(line.candidates())).toEqual(['short']);
    expect(line.inOrder()).toHaveLength(1);
  });

  it('where no candidate may start nobody in line may, and where one may somebody may', () => {
    const situations: readonly Partial<JobFacts>[] = [
      {},
      { reservePercent: 3 },
      { cooling: 'HOT' },
      { onExternalPower: false },
      ...[5, 30, 90].map((far) => ({
        onExternalPower: false,
        chance: (minutes: number) => far / (far + minutes),
      })),
    ];
    for (const level of ['LOW', 'MEDIUM', 'FULL'] as const)
      for (const more of situations)
        for (let seed = 1; seed < 40; seed += 1) {
          const lengths = Array.from(
            { length: 1 + (seed % 5) },
            (_, at) => (seed * 37 + at * 101) % 240 || null,
          );
          const line = lineOf(
            ...lengths.map((minutes, at) =>
              job(`${at}`, minutes, { needs: { level: seed % 2 === 0 ? 'MEDIUM' : 'FULL', minutes } }),
            ),
          );
          const may = ({ project, needs }: Lined): boolean => {
            const isFree = ownHold(project, needs, factsAt(level, more), 80) === null;
            expect(ownWait(project, needs, factsAt(level, more), 80) === null).toBe(isFree);
            return isFree;
          };
          expect([...line.candidates()].some(may)).toBe(line.inOrder().some(may));
        }
  });
});
