import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

import { describe, expect, it } from 'vitest';

import { importsOf } from '../../architecture/module-imports.ts';
import { troubledDay } from '../../fakes/troubled-day.ts';
import { laptop } from '../../fakes/power-readings.ts';
import { watchedEnergy } from '../../fakes/watched-energy.ts';

const ROOT = join(import.meta.dirname, '../../..');

describe('behaviour 17: own cost', () => {
  it('judging a reading takes far under 1 % of a core at one look in 2 s', async () => {
    const nextLook = troubledDay(17);
    const watched = await watchedEnergy(laptop({ percent: 54 }));
    watched.reader.gives(() => nextLook().reading ?? laptop({ percent: 54 }));
    await watched.clock.advanceMs(200_000);
    const before = process.cpuUsage();
    await watched.clock.advanceMs(4_000_000);
    const { user, system } = process.cpuUsage(before);
    const perLookMs = (user + system) / 1000 / 2_000;
    expect(perLookMs).toBeLessThan(20);
  });

  it.each([
    'core/energy/energy-monitor.ts',
    'core/energy/linux-power-supply.ts',
    'core/energy/linux-thermal.ts',
  ])('nothing that %s loads can start a process', (entry) => {
    const loaded = modulesOf(entry);
    expect(loaded.size).toBeGreaterThan(1);
    const able = [...loaded].filter(([, imports]) =>
      imports.some((name) => /child_process|cluster/.test(name)),
    );
    expect(able.map(([path]) => path)).toEqual([]);
  });
});

/** Everything a file loads when it is loaded, by path, with what each imports. Types load nothing. */
function modulesOf(entry: string, seen = new Map<string, string[]>()): Map<string, string[]> {
  if (seen.has(entry)) return seen;
  const values = importsOf(entry, readFileSync(join(ROOT, entry), 'utf8')).filter((one) => !one.typeOnly);
  const names = values.flatMap(({ specifier }) => (specifier === null ? [] : [specifier]));
  seen.set(entry, names);
  for (const name of names.filter((one) => one.startsWith('.'))) {
    modulesOf(posix.join(posix.dirname(entry), name), seen);
  }
  return seen;
}
