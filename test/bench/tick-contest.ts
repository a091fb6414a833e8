import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import systeminformation from 'systeminformation';

import { createCore } from '../../core/core.ts';
import { openRecord } from '../../core/history/open-record.ts';
import { placesFrom } from '../../core/places.ts';
import { productFiles } from '../../core/product-files.ts';
import { writeSnapshotFiles } from '../../core/snapshot-file.ts';
import { createPublished } from '../../core/published.ts';
import { systemClock } from '../../core/system-clock.ts';
import { median } from './bench-result.ts';
import { ROOT } from './running-core.ts';

/** Run by `tick.ts`, where /sys shows the made-up sensors: both contenders in one process, in turn. */
export interface TickTimes {
  readonly oursMs: number;
  readonly theirsMs: number;
  readonly rounds: number;
  /** What both saw, to prove that they looked at the same thing. */
  readonly seen: string;
}

const ROUNDS = 40;
const WARM_UPS = 5;
/** A core runs for weeks: ours is measured as compiled as it then is, some two hours' worth of ticks. */
const TICKS_BEFORE = 300;
/** Ours is short: several in a row to each of theirs. */
const OURS_PER_ROUND = 5;

async function contest(): Promise<TickTimes> {
  const homeDir = mkdtempSync(join(tmpdir(), 'orch-tick-'));
  const projectDir = join(homeDir, 'shop');
  mkdirSync(projectDir);
  const report = { integration: 80, wellbeing: 75, stability: 85, mode: 'FAST' };
  writeFileSync(join(projectDir, '.consciousness_report.json'), JSON.stringify(report));
  const places = placesFrom({ ORCH_HOME: homeDir }, process.platform, homeDir);
  writeFileSync(places.configPath, `projects:\n  - id: shop\n    path: ${projectDir}\n`, { mode: 0o600 });
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
  const library = async (): Promise<number> => {
    const startedAtMs = performance.now();
    await systeminformation.battery();
    await systeminformation.cpuTemperature();
    return performance.now() - startedAtMs;
  };
  for (let count = 0; count < TICKS_BEFORE; count += 1) await tick();
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = -WARM_UPS; round < ROUNDS; round += 1) {
    const oursMs: number[] = [];
    for (let again = 0; again < OURS_PER_ROUND; again += 1) oursMs.push(await tick());
    const theirsMs = await library();
    if (round < 0) continue;
    ours.push(...oursMs);
    theirs.push(theirsMs);
  }
  const { energy } = await core.round();
  const battery = await systeminformation.battery();
  const heat = await systeminformation.cpuTemperature();
  await core.stop();
  record.close();
  rmSync(homeDir, { recursive: true, force: true });
  return {
    oursMs: median(ours),
    theirsMs: median(theirs),
    rounds: ROUNDS,
    seen: `ours: ${energy.why}, ${energy.supplies.length} supplies, hottest ${energy.thermal.hottestC} C of ${energy.thermal.sensors.length} sensors; the library: ${battery.percent} %, ${heat.main} C`,
  };
}

process.stdout.write(JSON.stringify(await contest()));
process.exit(0);
