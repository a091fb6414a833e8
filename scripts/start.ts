import { buildWhenStale } from './build-when-stale.ts';
import { runProgram } from './run-program.ts';
import { startPlan } from './start-plan.ts';
import { thisMachine } from './system-parts.ts';

async function main(): Promise<number> {
  const { rootDir } = thisMachine;
  const built = await buildWhenStale(rootDir);
  if (built !== 0) return built;
  const plan = startPlan(thisMachine, process.getuid?.() ?? null, process.execPath, process.argv.slice(2));
  if (plan.kind === 'headless') {
    process.stderr.write(`No tray: ${plan.because}. Starting the same core without a display.\n`);
  }
  return runProgram(plan.program, plan.args, { cwd: rootDir });
}

process.exitCode = await main();
