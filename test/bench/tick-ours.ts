import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { isoNow, type Clock } from '../../core/clock.ts';
import { createCore } from '../../core/core.ts';
import { createHistoryRoom } from '../../core/history/history-room.ts';
import { openRecord } from '../../core/history/open-record.ts';
import { createMachineProbe } from '../../core/machine-probe.ts';
import { placesFrom } from '../../core/places.ts';
import { productFiles } from '../../core/product-files.ts';
import { createPublished } from '../../core/published.ts';
import { createSnapshotFiles } from '../../core/snapshot-file.ts';
import { systemClock } from '../../core/system-clock.ts';
import { median } from './bench-result.ts';
import { ROOT } from './running-core.ts';
import { contend, type Contender } from './tick-contender.ts';

/**
 * A core runs for weeks: it is measured as compiled as it then is, after a week's worth of ticks. The looks between
 * them, fifteen to a tick, are left out.
 */
const TICKS_BEFORE = 20_160;
/** As many in a row as take about as long as one turn of the library: both have the processor's caches as often. */
const TICKS_A_TURN = 16;

interface TickParts {
  readonly wholeMs: number;
  readonly readAndJudgedMs: number;
  readonly keptMs: number;
  readonly writtenMs: number;
  /** Made for a page that listens, and not without one: no part of the whole. */
  readonly pageMs: number;
}

/** From one tick to the next as the settings have it. */
const BEAT_MS = 30_000;

/**
 * Our side of the tick bench: whole rounds of a real core with one project and one UPS (at `nut`), each with its
 * sample in the history and its snapshot on disk.
 *
 * Ticks follow each other here with nothing in between. What goes by the time since the last tick is told that it was
 * a whole beat, so that it does what it does at each tick of a running core: the machine's load and network are read
 * again, the sample is kept, the replaced snapshot file is written again.
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
  const { record, database, problem } = await openRecord(places.historyPath, systemClock.wallMs());
  if (problem !== null) throw new Error(problem);
  let beats = 0;
  const beatClock: Clock = {
    ...systemClock,
    wallMs: () => systemClock.wallMs() + beats * BEAT_MS,
    monotonicMs: () => systemClock.monotonicMs() + beats * BEAT_MS,
    bootMs: () => (systemClock.bootMs?.() ?? 0) + beats * BEAT_MS,
  };
  const snapshotFiles = createSnapshotFiles(places, beatClock);
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
  const onFault = (error: unknown): never => {
    throw error;
  };
  const settings = () => core.settings().config;
  const history = createHistoryRoom({
    clock: beatClock,
    record,
    database,
    places,
    config: settings,
    onFault,
  });
  const { platform } = process;
  const machine = createMachineProbe({
    clock: beatClock,
    platform,
    sysfsDir: '/sys',
    network: settings().network,
  });

  const tick = async (): Promise<TickParts> => {
    const startedAtMs = performance.now();
    beats += 1;
    const round = core.round();
    history.begin();
    const [snapshot] = await Promise.all([round, machine.read()]);
    const judgedAtMs = performance.now();
    history.take({ ...snapshot, at: isoNow(beatClock) });
    const keptAtMs = performance.now();
    await snapshotFiles.write(core.entries(), snapshot);
    const endedAtMs = performance.now();
    published.snapshotJson();
    return {
      wholeMs: endedAtMs - startedAtMs,
      readAndJudgedMs: judgedAtMs - startedAtMs,
      keptMs: keptAtMs - judgedAtMs,
      writtenMs: endedAtMs - keptAtMs,
      pageMs: performance.now() - endedAtMs,
    };
  };
  let measured: TickParts[] = [];

  core.start();
  for (let count = 0; count < TICKS_BEFORE; count += 1) await tick();
  process.once('exit', () => rmSync(homeDir, { recursive: true, force: true }));
  return {
    async turn() {
      const parts: TickParts[] = [];
      for (let again = 0; again < TICKS_A_TURN; again += 1) parts.push(await tick());
      measured = [...measured, ...parts];
      return parts.map(({ wholeMs }) => wholeMs);
    },
    async seen() {
      const { energy } = await core.round();
      const { hottestC, sensors } = energy.thermal;
      const of = (part: keyof TickParts, among = measured): string =>
        median(among.map((one) => one[part])).toFixed(2);
      const first = measured.filter((_, index) => index % TICKS_A_TURN === 0);
      const parts = `${of('readAndJudgedMs')} ms to read and judge, ${of('keptMs')} for the history, ${of('writtenMs')} for the snapshot file`;
      const besides = `the first tick after a turn of the library ${of('wholeMs', first)} ms; ${of('pageMs')} ms more while a page listens`;
      return `${parts}; ${besides}; ours: ${energy.why}, ${energy.supplies.length} supplies, ${energy.ups.length} UPS, hottest ${hottestC} C of ${sensors.length} sensors`;
    },
  };
}

await contend(await ours(process.argv[2] ?? ''));
