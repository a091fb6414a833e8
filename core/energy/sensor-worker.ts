import { parentPort, workerData } from 'node:worker_threads';

import { createLinuxSensors } from './linux-sensors.ts';
import { SENSORS_READY, createSensorChannel } from './sensor-channel.ts';
import type { SensorAnswer, SensorThreadData } from './sensor-channel.ts';

/** The sensor thread: answers each question with one look. A driver that hangs holds up this thread alone. */
const { sysfsDir, choice, memory } = workerData as SensorThreadData;
const { answerer } = createSensorChannel(memory);
const look = createLinuxSensors(sysfsDir, choice);

function answerTo(leftOut: readonly string[]): SensorAnswer {
  try {
    const read = look((folder) => {
      answerer.reading(folder);
      return leftOut.length === 0 || !leftOut.includes(folder);
    });
    return { read };
  } catch (error) {
    return { error: (error as Error).message };
  }
}

parentPort?.postMessage(SENSORS_READY);
// Until the thread is ended from outside.
for (;;) answerer.answer(answerTo(answerer.question()));
