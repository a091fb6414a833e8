import { parentPort, workerData } from 'node:worker_threads';

import { createLinuxSensors } from './linux-sensors.ts';
import { SENSORS_READY, createProgress } from './sensor-message.ts';
import type { SensorAnswer, SensorQuestion, SensorThreadData } from './sensor-message.ts';

/** The sensor thread: answers each question with one look. A driver that hangs holds up this thread alone. */
const { sysfsDir, choice, progress: memory } = workerData as SensorThreadData;
const progress = createProgress(memory);
const look = createLinuxSensors(sysfsDir, choice);

function answerTo({ id, leftOut }: SensorQuestion): SensorAnswer {
  try {
    const read = look((folder) => {
      progress.write(folder);
      return leftOut.length === 0 || !leftOut.includes(folder);
    });
    return { id, read };
  } catch (error) {
    return { id, error: (error as Error).message };
  }
}

parentPort?.on('message', (question: SensorQuestion) => parentPort?.postMessage(answerTo(question)));
parentPort?.postMessage(SENSORS_READY);
