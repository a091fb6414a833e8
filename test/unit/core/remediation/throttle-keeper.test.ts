import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { createMemoryRecord } from '../../../../core/history/memory-record.ts';
import type { ProjectEntry } from '../../../../core/project-set.ts';
import { createActionBook, type ActionBook } from '../../../../core/remediation/action-book.ts';
import type { ActionRecord } from '../../../../core/remediation/action-record.ts';
import { createActionStore, type ActionStore } from '../../../../core/remediation/action-store.ts';
import { processTable } from '../../../../core/remediation/process-table.ts';
import { createRunner } from '../../../../core/remediation/runner.ts';
import { createThrottleActs } from '../../../../core/remediation/throttle-act.ts';
import { createThrottleKeeper, type ThrottleKeeper } from '../../../../core/remediation/throttle-keeper.ts';
import { createThrottleProcess } from '../../../../core/remediation/throttle-process.ts';
import { systemClock } from '../../../../core/system-clock.ts';
import { throttleConfigSchema, type ThrottleConfig } from '../../../../shared/contract/remediation-config.ts';
import type { Snapshot } from '../../../../shared/contract/state.ts';
import type { EnergyLevel } from '../../../../shared/contract/vocabulary.ts';
import { eventually } from '../../../integration/nut-server.ts';

let dir: string;
let logPath: string;
let record: ReturnType<typeof createMemoryRecord>;
let store: ActionStore;
const children: ChildProcess[] = [];
const table = processTable(process.platform);

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'orch-throttle-'));
  // Stand-ins for programs that are not everywhere: they say what they were asked, and what the real ones would.
  program('systemctl', 'echo "systemctl $*" >> "$LOG"; case "$*" in *show*) cat "$STATE/quota";; esac');
  program(
    'docker',
    'echo "docker $*" >> "$LOG"; case "$1" in inspect) cat "$STATE/container";; *) echo "$1" > "$STATE/last";; esac',
  );
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));
beforeEach(() => {
  logPath = join(dir, 'log');
  writeFileSync(logPath, '');
  writeFileSync(join(dir, 'quota'), 'LoadState=loaded\nCPUQuotaPerSecUSec=infinity\n');
  writeFileSync(join(dir, 'container'), 'true false\n');
  record = createMemoryRecord();
  store = createActionStore(null);
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

function program(name: string, lines: string): void {
  const path = join(dir, name);
  writeFileSync(path, `#!/bin/sh\nLOG='${dir}/log'; STATE='${dir}'\n${lines}\n`);
  chmodSync(path, 0o755);
}
const log = (): string[] => readFileSync(logPath, 'utf8').trim().split('\n');
const say = (word: string): object => ({ run: ['sh', '-c', `echo ${word} >> '${logPath}'`] });
const config = (raw: object): ThrottleConfig => throttleConfigSchema.parse(raw);

interface Core {
  readonly keeper: ThrottleKeeper;
  readonly book: ActionBook;
  readonly look: (
    level: EnergyLevel,
    throttle: readonly ThrottleConfig[],
    isFed?: boolean,
    isJudged?: boolean,
  ) => void;
  readonly newest: () => ActionRecord;
  readonly until: (state: ActionRecord['state']) => Promise<void>;
}

/** A core on what one before it may have left in the store. */
function core(more: Partial<ActionStore> = {}, onFault: ((error: unknown) => void) | null = null): Core {
  const kept = { ...store, ...more };
  const book = createActionBook({ clock: systemClock, record, store: kept, onChange: () => undefined });
  const runner = createRunner({
    clock: systemClock,
    table,
    record,
    env: { PATH: `${dir}:${process.env['PATH'] ?? ''}`, HOME: dir },
    home: dir,
    refusal: () => null,
    secrets: () => [],
    graceMs: 300,
  });
  const keeper = createThrottleKeeper({
    clock: systemClock,
    book,
    acts: createThrottleActs(runner, createThrottleProcess(table, [process.pid, process.ppid])),
    resumeMs: () => 0,
    onFault:
      onFault ??
      ((error) => {
        throw error;
      }),
  });
  const newest = (): ActionRecord => {
    const [action] = store.list({ limit: 1 });
    if (action === undefined) throw new Error('no action');
    return action;
  };
  return {
    keeper,
    book,
    look(level, throttle, isFed = false, isJudged = true) {
      const energy = { level, why: 'battery 12 %', onExternalPower: isFed };
      const projects = isJudged ? [{ id: 'shop', operatingMode: 'NORMAL' }] : [];
      const entry = { project: { id: 'shop', path: dir, throttle } };
      keeper.look({ energy, projects } as unknown as Snapshot, [entry as unknown as ProjectEntry]);
    },
    newest,
    until: (state) =>
      eventually(state, () => Promise.resolve(store.list({ limit: 1 })[0]?.state === state), 10_000),
  };
}

async function started(...argv: [string, ...string[]]): Promise<{ pid: number; pidFile: string }> {
  const [name, ...args] = argv;
  const child = spawn(name, args, { stdio: 'ignore' });
  children.push(child);
  await once(child, 'spawn');
  const pidFile = join(dir, `${child.pid ?? 0}.pid`);
  writeFileSync(pidFile, `${child.pid ?? 0}\n`);
  return { pid: child.pid ?? 0, pidFile };
}
const stateOf = (pid: number): string => table.list().find((one) => one.pid === pid)?.state ?? 'gone';

describe('a throttle and its undo', () => {
  it.each<[string, () => ThrottleConfig, string[], string[]]>([
    ['a command pair', () => config({ command: say('slow'), undo: say('fast') }), ['slow'], ['fast']],
    [
      'a unit without a limit',
      () => config({ systemdUnit: 'indexer.service', cpuQuotaPercent: 15 }),
      [
        'systemctl --user show --property=LoadState --property=CPUQuotaPerSecUSec -- indexer.service',
        'systemctl --user set-property --runtime -- indexer.service CPUQuota=15%',
      ],
      ['systemctl --user set-property --runtime -- indexer.service CPUQuota='],
    ],
    [
      'a unit of the system with a limit of its own',
      () => {
        writeFileSync(join(dir, 'quota'), 'CPUQuotaPerSecUSec=1s 500ms\nLoadState=loaded\n');
        return config({ systemdUnit: 'indexer.service', isUserUnit: false });
      },
      [
        'systemctl show --property=LoadState --property=CPUQuotaPerSecUSec -- indexer.service',
        'systemctl set-property --runtime -- indexer.service CPUQuota=20%',
      ],
      ['systemctl set-property --runtime -- indexer.service CPUQuota=150%'],
    ],
    [
      'a container',
      () => config({ container: 'trainer' }),
      [
        'docker inspect --type=container --format={{.State.Running}} {{.State.Paused}} trainer',
        'docker pause trainer',
      ],
      ['docker unpause trainer'],
    ],
    [
      'a container that somebody else paused',
      () => {
        writeFileSync(join(dir, 'container'), 'true true\n');
        return config({ container: 'trainer' });
      },
      ['docker inspect --type=container --format={{.State.Running}} {{.State.Paused}} trainer'],
      [],
    ],
  ])('%s', async (_what, made, applied, undone) => {
    const throttle = [made()];
    const { look, until, newest } = core();
    look('MEDIUM', throttle);
    look('LOW', throttle);
    await until('active');
    look('LOW', throttle);
    expect(log()).toEqual(applied);
    look('MEDIUM', throttle);
    await until('undone');
    expect(log()).toEqual([...applied, ...undone]);
    expect(newest()).toMatchObject({ project: 'shop', cause: 'LOW, battery 12 %', can: [] });
    const told = record.audits({ limit: 50 }).map(({ act }) => act);
    for (const act of ['throttle-running', 'throttle-active', 'throttle-undoing', 'throttle-undone'])
      expect(told).toContain(act);
  });

  it('lets a process go on that was stopped while the record refused, and a project that is not judged yet', async () => {
    const { pid, pidFile } = await started('sleep', '60');
    const throttle = [config({ pidFile })];
    let isRefusing = true;
    const keep: ActionStore['keep'] = (action) => {
      if (isRefusing && action.state === 'active') throw new Error('database disk image is malformed');
      store.keep(action);
    };
    const faults: unknown[] = [];
    const { look, until } = core({ keep }, (error) => faults.push(error));
    look('LOW', throttle);
    await eventually('a fault', () => Promise.resolve(faults.length > 0));
    expect(stateOf(pid)).toBe('T');
    isRefusing = false;
    look('LOW', throttle);
    await until('active');
    look('LOW', throttle, false, false);
    await until('active');
    look('FULL', throttle, true);
    await until('undone');
    expect(stateOf(pid)).not.toBe('T');
  });

  it('stops a process with what it started, and not a later one of its pid', async () => {
    const { pid, pidFile } = await started('sh', '-c', 'sleep 60 & wait');
    await eventually('a child', () =>
      Promise.resolve(table.list().some(({ parentPid }) => parentPid === pid)),
    );
    const child = table.list().find(({ parentPid }) => parentPid === pid)?.pid ?? 0;
    const throttle = [config({ pidFile })];
    const { look, until, newest } = core();
    look('LOW', throttle);
    await until('active');
    expect([stateOf(pid), stateOf(child)]).toEqual(['T', 'T']);
    look('FULL', throttle, true);
    await until('undone');
    expect([stateOf(pid), stateOf(child)]).not.toContain('T');

    look('LOW', throttle);
    await until('active');
    children[0]?.kill('SIGKILL');
    await eventually('its end', () => Promise.resolve(['gone', 'Z'].includes(stateOf(pid))));
    look('FULL', throttle, true);
    await until('undone');
    expect(newest().text).toContain('the process has ended meanwhile');
    process.kill(child, 'SIGKILL');
  });

  it.each([
    ['no file', (): string => '/no/such/file.pid', 'there is no file /no/such/file.pid'],
    ['no number', (): string => text('x'), 'holds no process id'],
    ['the first process', (): string => text('1'), 'process 1 is not to be stopped'],
    ['this process', (): string => text(String(process.pid)), 'is not to be stopped'],
    ['nobody', (): string => text('4194303'), 'does not run'],
  ])('a pid file with %s fails, once', async (_what, path, why) => {
    const throttle = [config({ pidFile: path() })];
    const { look, until, newest } = core();
    look('LOW', throttle);
    await until('failed');
    expect(newest().text).toContain(why);
    look('LOW', throttle);
    expect(store.list({ limit: 9 })).toHaveLength(1);
  });
  const text = (value: string): string => {
    const path = join(dir, 'some.pid');
    writeFileSync(path, value);
    return path;
  };

  it.each<[string, object, string]>([
    ['cannot be found', { run: ['no-such-program'] }, 'there is no program no-such-program'],
    ['hangs', { run: ['sleep', '60'], timeoutSeconds: 0.2 }, 'took longer than 0.2 s and was ended'],
    ['fails', { run: ['sh', '-c', 'echo no power tool >&2; exit 3'] }, 'ended with 3: no power tool'],
    [
      'hangs, with a child that left',
      { run: ['sh', '-c', 'setsid sleep 61 & sleep 60'], timeoutSeconds: 0.3 },
      'took longer than 0.3 s and was ended',
    ],
  ])('a command that %s is undone, recorded, and not tried again', async (_what, command, why) => {
    const throttle = [config({ command, undo: say('fast') })];
    const { look, until, newest } = core();
    look('LOW', throttle);
    await until('failed');
    expect(newest().text).toContain(why);
    expect(log()).toEqual(['fast']);
    look('LOW', throttle);
    expect(store.list({ limit: 9 })).toHaveLength(1);
    expect(table.list().filter(({ pid }) => table.hasMark(pid, `ORCH_RUN_HOME=${dir}`))).toEqual([]);
  });

  it('a unit that is not there fails, once, and nothing is set', async () => {
    writeFileSync(join(dir, 'quota'), 'LoadState=not-found\nCPUQuotaPerSecUSec=infinity\n');
    const throttle = [config({ systemdUnit: 'absent.service' })];
    const { look, until, newest } = core();
    look('LOW', throttle);
    await until('failed');
    look('LOW', throttle);
    expect(newest().text).toBe('Not applied: there is no such unit.');
    expect(log()).toHaveLength(1);
  });

  it('a command that floods its output is no failure', async () => {
    const command = { run: ['sh', '-c', 'head -c 20000000 /dev/zero'] };
    const { look, until } = core();
    look('LOW', [config({ command, undo: say('fast') })]);
    await until('active');
  });

  it.each([
    ['a command', (): object => ({ command: say('slow'), undo: say('fast') })],
    ['a unit', (): object => ({ systemdUnit: 'indexer.service' })],
    ['a container', (): object => ({ container: 'trainer' })],
    ['a process', (): object => ({ pidFile: '/no/such.pid' })],
  ])('observe-only does nothing with %s and records it once', (_what, raw) => {
    const throttle = [config({ ...raw(), observeOnly: true })];
    const { look, newest } = core();
    look('LOW', throttle);
    look('LOW', throttle);
    expect(newest()).toMatchObject({ state: 'observed', can: [] });
    expect(store.list({ limit: 9 })).toHaveLength(1);
    expect(log()).toEqual(['']);
  });
});

describe('a throttle in force', () => {
  const pair = (): ThrottleConfig[] => [config({ command: say('slow'), undo: say('fast') })];

  it('is undone when it leaves the settings', async () => {
    const { look, until } = core();
    look('LOW', pair());
    await until('active');
    look('LOW', []);
    await until('undone');
    expect(log()).toEqual(['slow', 'fast']);
  });

  it('is undone at a clean stop', async () => {
    const { look, until, keeper, newest } = core();
    look('LOW', pair());
    await until('active');
    await keeper.stop();
    expect(newest()).toMatchObject({ state: 'undone' });
    expect(log()).toEqual(['slow', 'fast']);
  });

  it('outlives a core that died, which is then undone by the next', async () => {
    const throttle = pair();
    const dead = core();
    dead.look('LOW', throttle);
    await dead.until('active');
    const next = core();
    next.keeper.start();
    next.look('LOW', throttle);
    expect(log()).toEqual(['slow']);
    next.look('FULL', throttle, true);
    await next.until('undone');
    expect(log()).toEqual(['slow', 'fast']);
  });

  it('is let go by hand until the power has been better once', async () => {
    const throttle = pair();
    const { look, until, keeper, newest } = core();
    look('LOW', throttle);
    await until('active');
    expect(keeper.answer(newest(), 'undo', 'ann')).toBeNull();
    await until('undone');
    look('LOW', throttle);
    look('MEDIUM', throttle);
    look('LOW', throttle);
    await eventually('the second time', () => Promise.resolve(log().length === 3));
    expect(log()).toEqual(['slow', 'fast', 'slow']);
    expect(record.audits({ limit: 50, actor: 'ann' }).map(({ act }) => act)).toEqual(['throttle-undoing']);
  });

  it('let go by hand stays so over a restart, until the power has been better once', async () => {
    const throttle = pair();
    const first = core();
    first.look('LOW', throttle);
    await first.until('active');
    first.keeper.answer(first.newest(), 'undo', 'ann');
    await first.until('undone');
    const second = core();
    second.keeper.start();
    second.look('LOW', throttle);
    expect(store.list({ limit: 9 })).toHaveLength(1);
    second.look('MEDIUM', throttle);
    const third = core();
    third.keeper.start();
    third.look('LOW', throttle);
    await third.until('active');
    expect(log()).toEqual(['slow', 'fast', 'slow']);
  });

  it('says that an undo failed, and tries again when asked', async () => {
    const flag = join(dir, 'may-undo');
    const undo = { run: ['sh', '-c', `test -e '${flag}' && echo fast >> '${logPath}'`] };
    const throttle = [config({ command: say('slow'), undo })];
    const { look, until, keeper, newest } = core();
    look('LOW', throttle);
    await until('active');
    look('MEDIUM', throttle);
    await until('undo-failed');
    look('MEDIUM', throttle);
    expect(existsSync(flag)).toBe(false);
    writeFileSync(flag, '');
    keeper.answer(newest(), 'retry', 'ann');
    await until('undone');
    expect(log()).toEqual(['slow', 'fast']);
  });
});
