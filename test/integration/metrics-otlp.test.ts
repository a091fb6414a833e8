import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, describe, expect, it } from 'vitest';

import { startOtlpReceiver, type OtlpReceiver, type ReceivedMetric } from '../fakes/otlp-receiver.ts';
import { eventually } from './nut-server.ts';
import { makeHome, startDaemon, writeLaptop, type Home, type RunningDaemon } from './running-daemon.ts';

/** OTLP's own numbers (opentelemetry-proto, metrics.proto, AggregationTemporality). */
const DELTA = 1;
const CUMULATIVE = 2;

let home: Home | null = null;
let daemon: RunningDaemon | null = null;
let receiver: OtlpReceiver | null = null;

afterEach(async () => {
  await daemon?.stop();
  await receiver?.close();
  home?.remove();
  [daemon, receiver, home] = [null, null, null];
});

async function sending(url: string, temporality: string, key: string | null = null): Promise<RunningDaemon> {
  home = makeHome();
  writeLaptop(home.sysfsDir, { percent: 54, ac: false });
  const headersFile = join(home.dir, 'otlp-headers');
  writeFileSync(headersFile, `X-Key: ${key ?? 'none'}\n`, { mode: 0o600 });
  writeFileSync(
    join(home.dir, 'config.yaml'),
    `metrics:
  otlp:
    url: ${url}
    headersFile: ${headersFile}
    intervalSeconds: 1
    temporality: ${temporality}
`,
    { mode: 0o600 },
  );
  daemon = await startDaemon(home, '--quiet', '--interval', '1');
  return daemon;
}

const metricIn = (metrics: readonly ReceivedMetric[] | undefined, name: string): ReceivedMetric => {
  const found = metrics?.find((metric) => metric.name === name);
  if (found === undefined) throw new Error(`${name} was not sent`);
  return found;
};
const ticksIn = (metrics: readonly ReceivedMetric[]): number => {
  const [point] = metricIn(metrics, 'orch_loop_ticks_total').sum?.dataPoints ?? [];
  return Number(point?.asDouble ?? point?.asInt);
};
const ticksOf = async (): Promise<number> =>
  ((await daemon?.get('/v1/state'))?.body as { sequence: number }).sequence;

describe('a core that is told to send', () => {
  it.each([
    ['cumulative', CUMULATIVE],
    ['delta', DELTA],
  ])('sends %s numbers', async (temporality, number) => {
    receiver = await startOtlpReceiver('k');
    const { received } = receiver;
    await sending(receiver.url, temporality, 'k');
    await eventually('four sendings', () => Promise.resolve(received.length >= 4));
    const [first, ...later] = received.map(ticksIn);
    const ticks = await ticksOf();
    if (temporality === 'delta') {
      expect((first ?? 0) + later.reduce((sum, more) => sum + more, 0)).toBeLessThanOrEqual(ticks);
      expect(Math.max(...later)).toBeLessThan(4);
    } else {
      expect(later.at(-1)).toBeGreaterThan(first ?? 0);
      expect([...later].sort((a, b) => a - b)).toEqual(later);
    }
    const last = received.at(-1);
    expect(metricIn(last, 'orch_loop_ticks_total').sum).toMatchObject({
      aggregationTemporality: number,
      isMonotonic: true,
    });
    expect(metricIn(last, 'orch_loop_tick_duration_seconds').histogram?.aggregationTemporality).toBe(number);
    const power = metricIn(last, 'orch_battery_power_watts');
    expect([power.unit, power.gauge?.dataPoints[0]?.asDouble]).toEqual(['W', -9]);
    expect(metricIn(last, 'orch_energy_level_info').gauge?.dataPoints[0]?.attributes).toEqual([
      { key: 'level', value: { stringValue: 'MEDIUM' } },
    ]);
    expect(JSON.stringify(received)).not.toMatch(/well-?being/i);
  });

  it('goes on where nobody listens, says so once, and sends when somebody does', async () => {
    const gone = await startOtlpReceiver();
    const port = Number(new URL(gone.url).port);
    await gone.close();
    const core = await sending(gone.url, 'cumulative');
    await core.until('/v1/state', (state: { notes: { code: string }[] }) => hasNote(state), 15_000);
    const before = await ticksOf();
    await eventually('more rounds', async () => (await ticksOf()) >= before + 4);
    expect(core.stderr().match(/metrics do not arrive/g)).toHaveLength(1);
    expect(core.stderr()).toMatch(
      new RegExp(`metrics do not arrive at 127\\.0\\.0\\.1:${port}: .*; tried again`),
    );
    receiver = await startOtlpReceiver(null, port);
    const { received } = receiver;
    await eventually('a sending', () => Promise.resolve(received.length > 0), 30_000);
    await core.until('/v1/state', (state: { notes: { code: string }[] }) => !hasNote(state), 15_000);
  });

  it('names the file when its key is wrong, never the key', async () => {
    receiver = await startOtlpReceiver('right');
    const { answered } = receiver;
    const core = await sending(receiver.url, 'cumulative', 'wrong-secret');
    await eventually('a refusal', () => Promise.resolve(answered.length > 0));
    await core.until('/v1/state', (state: { notes: { code: string }[] }) => hasNote(state), 15_000);
    expect(core.stderr()).toMatch(
      /metrics do not arrive at .*: refused \(401\): look at metrics\.otlp\.headersFile/,
    );
    expect(core.stderr()).not.toContain('wrong-secret');
    writeFileSync(join(home?.dir ?? '', 'otlp-headers'), 'X-Key: right\n');
    await eventually('a sending', () => Promise.resolve(answered.includes(200)), 30_000);
  });
});

function hasNote({ notes }: { notes: { code: string }[] }): boolean {
  return notes.some(({ code }) => code === 'metrics-push');
}
