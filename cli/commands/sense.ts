import { statSync } from 'node:fs';

import { readConfig } from '../../core/config-file.ts';
import { createPowerReader } from '../../core/energy/power-reader.ts';
import { productFiles } from '../../core/product-files.ts';
import { systemClock } from '../../core/system-clock.ts';
import { isoNow } from '../../core/clock.ts';
import type { EnergyConfig } from '../../shared/contract/config.ts';
import { energyConfigSchema } from '../../shared/contract/config.ts';
import type { EnergyState, PowerReading, UpsReading } from '../../shared/contract/energy.ts';
import { coolingOf } from '../../shared/energy/cooling.ts';
import { judgeChain } from '../../shared/energy/supply-chain.ts';
import { markFeedingUps } from '../../shared/energy/ups-feeding.ts';
import type { Command, CommandIo } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { flags } from '../flags.ts';
import { senseScreen } from '../sense-screen.ts';
import { UsageError } from '../usage-error.ts';

const HELP = `orch sense [--sysfs DIR] [--nut HOST:PORT] [--apcupsd HOST:PORT] [--json]: read every sensor now

  Level and why, every power supply with whether it counts and why, UPS, heat. Needs no running core.

  --sysfs DIR          a root in place of /sys (also ORCH_SYSFS)
  --nut HOST:PORT      also ask a NUT server (also energy.nut in config.yaml)
  --apcupsd HOST:PORT  also ask apcupsd (also energy.apcupsd in config.yaml)
  --json               one JSON object

Exit codes: 0 read, 2 usage, 3 the level is not known.
`;

const UPS_TIMEOUT_MS = 2500;

export const sense: Command = async (argv, io) => {
  const { values, positionals } = flags(argv, {
    sysfs: { type: 'string' },
    nut: { type: 'string' },
    apcupsd: { type: 'string' },
    json: { type: 'boolean' },
  });
  if (values.help === true) {
    io.out(HELP);
    return EXIT.ok;
  }
  if (positionals.length > 0) throw new UsageError(`no argument "${positionals[0] ?? ''}" is taken`);
  const givenSysfs = values.sysfs ?? io.env['ORCH_SYSFS'];
  if (givenSysfs !== undefined)
    requireFolder(givenSysfs, values.sysfs === undefined ? 'ORCH_SYSFS' : '--sysfs');

  const energy = await energySettings(io);
  const [ups, look] = await Promise.all([
    readUps(values.nut ?? energy.nut, values.apcupsd ?? energy.apcupsd, energy.feedingUps),
    readPower(io, givenSysfs, energy),
  ]);
  const state = energyState(look, ups, energy.alwaysOnMains);
  const problems = look.reading?.problems ?? [];
  io.out(
    values.json === true
      ? `${JSON.stringify({ schemaVersion: 1, ...state, problems })}\n`
      : senseScreen(state, problems),
  );
  return state.level === 'UNKNOWN' ? EXIT.unknown : EXIT.ok;
};

function requireFolder(dir: string, name: string): void {
  const isFolder = statSync(dir, { throwIfNoEntry: false })?.isDirectory() === true;
  if (!isFolder) throw new UsageError(`${name} must be a folder like /sys, and "${dir}" is none`);
}

/** Settings that cannot be read are said and passed over: looking at sensors must work on a broken set-up. */
async function energySettings(io: CommandIo): Promise<EnergyConfig> {
  const result = await readConfig(io.places.configPath);
  if (result.ok) return result.config.energy;
  for (const problem of result.problems) io.err(`orch sense: ${problem.text}\n`);
  io.err('orch sense: goes on with the default settings.\n');
  return energyConfigSchema.parse({});
}

async function readUps(
  nut: string | null,
  apcupsd: string | null,
  feedingUps: string | null,
): Promise<readonly UpsReading[]> {
  const options = { timeoutMs: UPS_TIMEOUT_MS, clock: systemClock, feedingUps };
  const asked: Promise<UpsReading[]>[] = [];
  if (nut !== null) {
    const { readNutOnce } = await import('../../core/energy/nut.ts');
    asked.push(asUsage('--nut', () => readNutOnce(nut, options)));
  }
  if (apcupsd !== null) {
    const { readApcupsdOnce } = await import('../../core/energy/apcupsd.ts');
    asked.push(asUsage('--apcupsd', () => readApcupsdOnce(apcupsd, options)));
  }
  return markFeedingUps((await Promise.all(asked)).flat(), feedingUps);
}

/** What a daemon does is in its reading; what is thrown is an address that is none. */
async function asUsage(flag: string, read: () => Promise<UpsReading[]>): Promise<UpsReading[]> {
  try {
    return await read();
  } catch (error) {
    throw new UsageError(`${flag}: ${(error as Error).message}`);
  }
}

interface Look {
  readonly reading: PowerReading | null;
  /** Why there is none. */
  readonly failure: string;
}

async function readPower(io: CommandIo, sysfsDir: string | undefined, energy: EnergyConfig): Promise<Look> {
  const reader = createPowerReader({
    // A root given by hand holds a Linux tree, whatever the machine is.
    platform: sysfsDir === undefined ? process.platform : 'linux',
    sysfsDir: sysfsDir ?? '/sys',
    energy,
    clock: systemClock,
    workerUrl: productFiles(io.productDir).sensorWorkerUrl,
    upsReadings: () => [],
  });
  try {
    return { reading: await reader.read(), failure: '' };
  } catch (error) {
    return { reading: null, failure: (error as Error).message };
  } finally {
    await reader.close();
  }
}

function energyState(look: Look, ups: readonly UpsReading[], alwaysOnMains: boolean): EnergyState {
  const { reading, failure } = look;
  const links = [...ups];
  if (reading === null) {
    return {
      level: 'UNKNOWN',
      levelValue: null,
      why: `sensors not readable: ${failure}`,
      onExternalPower: null,
      percent: null,
      netPowerW: null,
      state: null,
      reservePercent: null,
      batteryPresent: false,
      supplies: [],
      ups: links,
      thermal: coolingOf([], null),
      readAt: isoNow(systemClock),
    };
  }
  const { supplies, thermal, readAt } = reading;
  const judgement = judgeChain({ supplies, ups, alwaysOnMains });
  return { ...judgement, supplies: [...supplies], ups: links, thermal, readAt };
}
