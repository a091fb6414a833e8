import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { createEnergyMonitor } from '../../../core/energy/energy-monitor.ts';
import { energyConfigSchema } from '../../../shared/contract/config.ts';
import { fakeClock } from '../../fakes/fake-clock.ts';
import { fakePowerReader } from '../../fakes/fake-power-reader.ts';
import { laptop } from '../../fakes/power-readings.ts';
import { randomFrom } from '../../fakes/seeded-random.ts';

describe('behaviour 16: crash and power cut', () => {
  it('a start knows nothing until its own first reading, within 2 s', async () => {
    const clock = fakeClock();
    const monitor = createEnergyMonitor({
      reader: fakePowerReader(laptop({ percent: 8 })),
      clock,
      energy: energyConfigSchema.parse({}),
      onChange: () => {},
    });
    expect(monitor.current()).toMatchObject({ level: 'UNKNOWN', levelValue: null, percent: null });
    expect(monitor.ageMs()).toBeNull();
    monitor.start();
    await clock.advanceMs(2_000);
    expect(monitor.current().level).toBe('LOW');
  });

  it('a file being replaced is the old one or the new one after kill -9, never a part', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'orch-cut-'));
    const path = join(dir, 'state.json');
    const random = randomFrom(16);
    const atomicFile = new URL('../../../core/atomic-file.ts', import.meta.url).href;
    const writes = `
      const { writeFileAtomic } = await import(${JSON.stringify(atomicFile)});
      for (let n = 0; ; n += 1) {
        await writeFileAtomic(${JSON.stringify(path)}, JSON.stringify({ n, text: 'x'.repeat(200_000), end: n }));
        if (n === 0) process.stdout.write('written');
      }`;
    try {
      for (let kill = 0; kill < 6; kill += 1) {
        const writer = spawn(process.execPath, ['--input-type=module', '-e', writes], {
          stdio: ['ignore', 'pipe', 'inherit'],
        });
        await once(writer.stdout, 'data');
        await new Promise((resolve) => setTimeout(resolve, 30 * random()));
        writer.kill('SIGKILL');
        await once(writer, 'exit');
        const left = JSON.parse(await readFile(path, 'utf8')) as { n: number; end: number };
        expect(left.end).toBe(left.n);
      }
    } finally {
      await rm(dir, { recursive: true });
    }
  });
});
