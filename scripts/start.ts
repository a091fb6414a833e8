import { join } from 'node:path';

import { staleBuild } from './build-freshness.ts';
import { runProgram } from './run-program.ts';
import { startPlan } from './start-plan.ts';
import { thisMachine } from './system-parts.ts';

async function main(): Promise<number> {
  const { rootDir } = thisMachine;
  const stale = staleBuild(rootDir);
  if (stale !== null) {
    process.stderr.write(`building: ${stale}\n`);
    const vite = join(rootDir, 'node_modules/vite/bin/vite.js');
    const code = await runProgram(process.execPath, [vite, 'build', '--app', '--logLevel', 'warn'], {
      cwd: rootDir,
    });
    if (code !== 0) return code;
  }
  const plan = startPlan(thisMachine, process.getuid?.() ?? null, process.execPath, process.argv.slice(2));
  if (plan.kind === 'headless') {
    process.stderr.write(`No tray: ${plan.because}. Starting the same core without a display.\n`);
  }
  return runProgram(plan.program, plan.args, { cwd: rootDir });
}

process.exitCode = await main();
