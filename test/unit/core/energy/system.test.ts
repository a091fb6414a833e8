import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import type { PowerReader } from '../../../../core/energy/power-reader.ts';
import type { SystemBattery } from '../../../../core/energy/system-battery.ts';
import { createSystemPowerReader } from '../../../../core/energy/system.ts';
import { energyConfigSchema } from '../../../../shared/contract/config.ts';
import { judgeChain } from '../../../../shared/energy/supply-chain.ts';
import type { ChainJudgement } from '../../../../shared/energy/supply-chain.ts';
import { fakeClock } from '../../../fakes/fake-clock.ts';

const answers = JSON.parse(
  readFileSync(new URL('../../../fixtures/systeminformation/battery.json', import.meta.url), 'utf8'),
) as Record<string, SystemBattery>;

/** A reader that is given these answers, one a look; the last one stays. */
function reader(platform: string, names: string[], temperatureC: number | null = 61): PowerReader {
  let looks = 0;
  return createSystemPowerReader({
    platform,
    loadFacts: () =>
      Promise.resolve({
        battery: () => Promise.resolve(answers[names[Math.min(looks++, names.length - 1)]!]!),
        cpuTemperature: () => Promise.resolve({ main: temperatureC }),
      }),
    energy: energyConfigSchema.parse({}),
    clock: fakeClock(),
    upsReadings: () => [],
  });
}

async function judged(power: PowerReader): Promise<ChainJudgement> {
  const { supplies, ups } = await power.read();
  return judgeChain({ supplies, ups, alwaysOnMains: false });
}

describe('Windows', () => {
  it.each([
    ['windows-discharging', { level: 'MEDIUM', onExternalPower: false, percent: 57, state: 'discharging' }],
    ['windows-on-ac', { level: 'FULL', onExternalPower: true, percent: 80 }],
    ['windows-full', { level: 'FULL', percent: 100, state: 'full' }],
    ['windows-charge-not-read', { level: 'UNKNOWN', percent: null, batteryPresent: true }],
    ['windows-two-batteries', { level: 'MEDIUM', percent: 35, state: 'discharging' }],
    ['no-battery', { level: 'FULL', why: 'mains, no battery' }],
  ])('%s', async (name, expected) => {
    expect(await judged(reader('win32', [name]))).toMatchObject(expected);
  });

  it('does not believe that a low or critical battery charges', async () => {
    expect(await judged(reader('win32', ['windows-low']))).toMatchObject({
      level: 'LOW',
      onExternalPower: false,
    });
    expect((await judged(reader('win32', ['windows-critical']))).level).toBe('CRITICAL');
  });

  it('believes it once the charge has risen', async () => {
    const power = reader('win32', ['windows-critical', 'windows-low', 'windows-low', 'windows-critical']);
    await power.read();
    expect(await judged(power)).toMatchObject({ level: 'FULL', state: 'charging', reservePercent: 9 });
    expect((await judged(power)).level).toBe('FULL');
    expect((await judged(power)).level).toBe('CRITICAL');
  });
});

describe('macOS', () => {
  it.each([
    ['macos-discharging', { level: 'HIGH', onExternalPower: false, percent: 67 }],
    ['macos-charging', { level: 'FULL', onExternalPower: true }],
    ['macos-charged', { level: 'FULL', state: 'full' }],
    ['macos-held', { level: 'FULL', state: 'not-charging', why: 'plugged in, battery 80 % held' }],
    ['macos-full-without-pmset', { level: 'FULL', state: 'full' }],
  ])('%s', async (name, expected) => {
    expect(await judged(reader('darwin', [name]))).toMatchObject(expected);
  });
});

it('takes a battery that is gone for a failed look, not for a desktop', async () => {
  const power = reader('darwin', ['macos-discharging', 'no-battery']);
  await power.read();
  await expect(power.read()).rejects.toThrow(/was there before/);
});

it('says what it could not believe', async () => {
  const { problems } = await reader('win32', ['windows-critical']).read();
  expect(problems).toEqual([expect.stringContaining('until the charge rises')]);
});

it.each([-1, 0, null])('shows no heat from a temperature of %s', async (temperatureC) => {
  const { thermal } = await reader('darwin', ['no-battery'], temperatureC).read();
  expect(thermal).toMatchObject({ coolingStatus: null, sensors: [] });
});

it('shows the heat it is told', async () => {
  const { thermal } = await reader('darwin', ['no-battery'], 91).read();
  expect(thermal).toMatchObject({ coolingStatus: 'HOT', hottestC: 91, headroomC: 9 });
});

it('gives up on tools that hang', async () => {
  const clock = fakeClock();
  const power = createSystemPowerReader({
    platform: 'win32',
    loadFacts: () =>
      Promise.resolve({
        battery: () => new Promise(() => undefined),
        cpuTemperature: () => Promise.resolve({ main: 1 }),
      }),
    energy: energyConfigSchema.parse({}),
    clock,
    upsReadings: () => [],
  });
  const look = expect(power.read()).rejects.toThrow(/did not come within 8 s/);
  await clock.advanceMs(8_000);
  await look;
});
