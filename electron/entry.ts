import { app } from 'electron';

import { orchArguments } from './orch-arguments.ts';
import { refusedSwitch } from './start-switches.ts';

const orch = app.isPackaged ? orchArguments(process.argv) : null;

// Electron is not ready before its entry has been evaluated: the command line ends before anything of the desktop
// was started, and the shell may still decide what must come first.
if (orch === null) await import('./main.ts');
else await runOrch(orch);

/** The command line in this process, without a window, a tray or a display. Ends the process. */
async function runOrch(args: readonly string[]): Promise<void> {
  const end = (code: number): void => void process.stdout.write('', () => app.exit(code));
  const fail = (error: unknown): void => {
    console.error(error);
    end(1);
  };
  // Electron would show a dialog.
  process.on('uncaughtException', fail);
  const unwanted = refusedSwitch(app.isPackaged, (name) => app.commandLine.hasSwitch(name));
  if (unwanted !== null) {
    console.error(`orch does not start with --${unwanted}.`);
    end(2);
    return;
  }
  process.argv = [process.execPath, 'orch', ...args];
  await import('../cli/orch.ts').then(() => end(Number(process.exitCode ?? 0)), fail);
}
