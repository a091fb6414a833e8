import type { App } from 'electron';

import { refusedSwitch } from './start-switches.ts';

/**
 * The command line in this process, without a window, a tray or a display. Resolves once it has said everything, and
 * ends the process with its exit code.
 */
export async function runOrch(
  args: readonly string[],
  app: Pick<App, 'commandLine' | 'exit' | 'isPackaged'>,
  program: NodeJS.Process,
): Promise<void> {
  const end = (code: number): Promise<void> =>
    // What was written must have left before.
    new Promise((resolve) => {
      program.stdout.write('', () => {
        app.exit(code);
        resolve();
      });
    });
  const fail = (error: unknown): Promise<void> => {
    console.error(error);
    return end(1);
  };
  // Electron's own answer is a dialog.
  program.on('uncaughtException', (error) => void fail(error));
  const unwanted = refusedSwitch(app.isPackaged, (name) => app.commandLine.hasSwitch(name));
  if (unwanted !== null) {
    console.error(`orch does not start with --${unwanted}.`);
    return end(2);
  }
  program.argv = [program.execPath, 'orch', ...args];
  return import('../cli/orch.ts').then(() => end(Number(program.exitCode ?? 0)), fail);
}
