import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

import { afterEach, describe, expect, it } from 'vitest';

import { createSensorChannel, type SensorAnswer } from '../../../../core/energy/sensor-channel.ts';

const answerOf = (problems: readonly string[]): SensorAnswer => ({
  read: {
    supplies: [],
    thermal: { coolingStatus: null, hottestC: null, zone: null, headroomC: null, sensors: [] },
    problems,
  },
});

const CHANNEL = new URL('../../../../core/energy/sensor-channel.ts', import.meta.url);
const workers: Worker[] = [];
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.terminate()));
});

/** A thread that gives the folders it is to leave out back as problems. */
async function echo(memory: SharedArrayBuffer): Promise<void> {
  const source = `
    const { workerData, parentPort } = require('node:worker_threads');
    import(${JSON.stringify(CHANNEL.href)}).then(({ createSensorChannel }) => {
      const { answerer } = createSensorChannel(workerData);
      parentPort.postMessage('ready');
      for (;;) {
        const problems = answerer.question();
        answerer.answer({ read: { supplies: [], thermal: { sensors: [] }, problems } });
      }
    });`;
  const worker = new Worker(source, { eval: true, workerData: memory, execArgv: [] });
  workers.push(worker);
  await once(worker, 'message');
}

describe('the memory between the loop and the sensor thread', () => {
  it('carries questions and answers between two threads, one after the other', async () => {
    const { asker, memory } = createSensorChannel();
    await echo(memory);
    for (const leftOut of [[], ['thermal/zone–0'], ['a', 'é'.repeat(2000)], []]) {
      asker.ask(leftOut);
      await asker.answered(20_000);
      expect(asker.answer().problems).toEqual(leftOut);
    }
  });

  it('says that there is no answer yet, and no longer than it was told to wait', () => {
    const { asker } = createSensorChannel();
    asker.ask([]);
    const startedMs = performance.now();
    expect(asker.isAnsweredWithin(5)).toBe(false);
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(4);
  });

  it('waits beside everything else no longer than it was told either', async () => {
    const { asker } = createSensorChannel();
    asker.ask([]);
    await asker.answered(5);
    expect(asker.isAnsweredWithin(0)).toBe(false);
  });

  it('hands on what went wrong, and which folder is read', () => {
    const { asker, answerer } = createSensorChannel();
    asker.ask([]);
    answerer.question();
    answerer.reading('power_supply/BAT0');
    expect(asker.folder()).toBe('power_supply/BAT0');
    answerer.answer({ error: 'is /sys a sysfs?' });
    expect(asker.isAnsweredWithin(0)).toBe(true);
    expect(() => asker.answer()).toThrow('is /sys a sysfs?');
  });

  it('takes the answer of a machine with a thousand sensors, and refuses what does not fit', () => {
    const { asker, answerer } = createSensorChannel();
    asker.ask([]);
    answerer.question();
    const many = Array.from({ length: 1000 }, (_, number) => `thermal_zone${number}: ${'x'.repeat(200)}`);
    answerer.answer(answerOf(many));
    expect(asker.answer().problems).toHaveLength(1000);
    expect(() => answerer.answer(answerOf(['x'.repeat(2_000_000)]))).toThrow(/do not fit/);
  });
});
