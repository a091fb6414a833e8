import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { ORCH_PATH, makeHome, startDaemon, writeLaptop, type Home } from './running-daemon.ts';

let home: Home;
const running: ChildProcess[] = [];

beforeEach(() => {
  home = makeHome();
});

afterEach(async () => {
  for (const child of running.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  home.remove();
});

/** Everything it prints, and a way to wait for something in it. */
function started(
  command: string,
  args: readonly string[],
): { child: ChildProcess; until: (text: RegExp) => Promise<string> } {
  const child = spawn(command, args, {
    env: { ...home.env, TERM: 'xterm' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  running.push(child);
  let said = '';
  const listeners = new Set<() => void>();
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    for (const listener of listeners) listener();
  });
  return {
    child,
    until: (text) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!text.test(said)) return;
          listeners.delete(look);
          resolve(said);
        };
        listeners.add(look);
        look();
      }),
  };
}

it('prints one plain line when the level changes, where the output is a pipe', async () => {
  writeLaptop(home.sysfsDir, { percent: 80, ac: false });
  const daemon = await startDaemon(home);
  try {
    const { child, until } = started(process.execPath, [ORCH_PATH, 'watch']);
    await until(/HIGH/);
    writeLaptop(home.sysfsDir, { percent: 82, ac: true });
    const said = await until(/FULL/);
    expect(said).not.toContain('\u001b');
    expect(said.trimEnd().split('\n')).toHaveLength(2);
    child.kill('SIGTERM');
    expect((await once(child, 'exit'))[0]).toBe(0);
  } finally {
    await daemon.stop();
  }
});

it('fills a terminal, ends with q and leaves the screen as it was', async () => {
  writeLaptop(home.sysfsDir, { percent: 80, ac: false });
  const daemon = await startDaemon(home);
  try {
    const watch = `'${process.execPath}' '${ORCH_PATH}' watch`;
    const { child, until } = started('script', ['-qec', watch, '/dev/null']);
    await until(/HIGH[\s\S]*q quit/);
    child.stdin?.write('q');
    const said = await until(/\[\?1049l/);
    expect(said).toContain('\u001b[?1049h');
    expect((await once(child, 'exit'))[0]).toBe(0);
  } finally {
    await daemon.stop();
  }
});
