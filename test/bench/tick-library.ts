import systeminformation from 'systeminformation';

import { contend } from './tick-contender.ts';

/** The library's side of the tick bench: battery() and cpuTemperature(), one after the other. */
await contend({
  async turn() {
    const startedAtMs = performance.now();
    await systeminformation.battery();
    await systeminformation.cpuTemperature();
    return [performance.now() - startedAtMs];
  },
  async seen() {
    const battery = await systeminformation.battery();
    const heat = await systeminformation.cpuTemperature();
    return `the library: ${battery.percent} %, ${heat.main} C`;
  },
});
