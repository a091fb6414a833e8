import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { createCore } from '../../core/core.ts';
import { openRecord } from '../../core/history/open-record.ts';
import { placesFrom } from '../../core/places.ts';
import { productFiles } from '../../core/product-files.ts';
import { createPublished } from '../../core/published.ts';
import { writeSnapshotFiles } from '../../core/snapshot-file.ts';
import { systemClock } from '../../core/system-clock.ts';
import { ROOT } from './running-core.ts';
import { contend, type Contender } from './tick-contender.ts';

/** A core runs for weeks: it is measured as compiled as it then is, some two hours' worth of ticks. */
const TICKS_BEFORE = 300;
/** A tick is short: several in a row to each turn of the library. */
const TICKS_A_TURN = 5;

/**
 * Our side of the tick bench: whole rounds of a real core with one project and one UPS (at `nut`), each with its
 * snapshot on disk.
 */
async function ours(nut: string): Promise<Contender> {
  const homeDir = mkdtempSync(join(tmpdir(), 'orch-tick-'));
  const projectDir = join(homeDir, 'shop');
  mkdirSync(projectDir);
  const report = { integration: 80, wellbeing: 75, stability: 85, mode: 'FAST' };
  writeFileSync(join(projectDir, '.consciousness_report.json'), JSON.stringify(report));
  const places = placesFrom({ ORCH_HOME: homeDir }, process.platform, homeDir);
  const config = `energy:\n  nut: ${nut}\nprojects:\n  - id: shop\n    path: ${projectDir}\n`;
  writeFileSync(places.configPath, config, { mode: 0o600 });
  const { record, problem } = await openRecord(places.historyPath, systemClock.wallMs());
  if (problem !== null) throw new Error(problem);
  const published = createPublished((decision) => record.keepDecision(decision, 'gate'));
  const core = await createCore({
    record,
    clock: systemClock,
    chance: Math.random,
    places,
    env: { ORCH_HOME: homeDir },
    platform: process.platform,
    version: 'bench',
    files: productFiles(pathToFileURL(`${ROOT}/`)),
    intervalMs: null,
    notes: () => [],
    publish: (snapshot) => published.take(snapshot),
    onFault: (error) => {
      throw error;
    },
  });
  if (!('round' in core)) throw new Error(core.problems.map(({ text }) => text).join('; '));

  const tick = async (): Promise<number> => {
    const startedAtMs = performance.now();
    const snapshot = await core.round();
    published.snapshotJson();
    await writeSnapshotFiles(places, core.entries(), snapshot);
    return performance.now() - startedAtMs;
  };

  core.start();
  for (let count = 0; count < TICKS_BEFORE; count += 1) await tick();
  process.once('exit', () => rmSync(homeDir, { recursive: true, force: true }));
  return {
    async turn() {
      const timesMs: number[] = [];
      for (let again = 0; again < TICKS_A_TURN; again += 1) timesMs.push(await tick());
      return timesMs;
    },
    async seen() {
      const { energy } = await core.round();
      const { hottestC, sensors } = energy.thermal;
      return `ours: ${energy.why}, ${energy.supplies.length} supplies, ${energy.ups.length} UPS, hottest ${hottestC} C of ${sensors.length} sensors`;
    },
  };
}

await contend(await ours(process.argv[2] ?? ''));
