import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createMemoryRecord } from '../../../../core/history/memory-record.ts';
import { processTable } from '../../../../core/remediation/process-table.ts';
import { createRunner, type Runner, type RunRequest } from '../../../../core/remediation/runner.ts';
import { systemClock } from '../../../../core/system-clock.ts';
import { commandSchema } from '../../../../shared/contract/command.ts';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'orch-runner-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const table = processTable(process.platform);

function made(
  env: Record<string, string> = {},
  refusal: () => string | null = () => null,
): { runner: Runner; record: ReturnType<typeof createMemoryRecord>; home: string } {
  const record = createMemoryRecord();
  const home = join(dir, `home-${Math.random()}`);
  const runner = createRunner({
    clock: systemClock,
    table,
    record,
    env: { PATH: process.env['PATH'] ?? '', HOME: dir, ...env },
    home,
    refusal,
    secrets: () => ['of-the-settings'],
    graceMs: 300,
  });
  return { runner, record, home };
}

function asked(run: string[], more: object = {}, request: Partial<RunRequest> = {}): RunRequest {
  return {
    act: 'throttle',
    project: 'shop',
    cause: 'battery 12 %',
    command: commandSchema.parse({ run, folder: dir, ...more }),
    resource: 'unit:trainer',
    ...request,
  };
}

const script = (name: string, lines: string): string => {
  const path = join(dir, name);
  writeFileSync(path, `#!/bin/sh\n${lines}\n`);
  chmodSync(path, 0o755);
  return path;
};
const alive = (mark: string): number => table.list().filter(({ pid }) => table.hasMark(pid, mark)).length;

describe('how a command ends', () => {
  it('is told with exit code and output, and recorded before and after', async () => {
    const { runner, record } = made();
    const result = await runner.run(asked(['sh', '-c', 'echo out; echo err >&2; exit 3']));
    expect(result).toMatchObject({ outcome: 'failed', isOk: false, exitCode: 3, text: 'ended with 3' });
    expect(result.output.split('\n').sort()).toEqual(['', 'err', 'out']);
    const [after, before] = record.audits({ project: 'shop', limit: 10 });
    expect(before).toMatchObject({ act: 'throttle-begin', cause: 'battery 12 %' });
    expect(after).toMatchObject({ act: 'throttle-end', detail: { outcome: 'failed', exitCode: 3 } });
    expect(before?.detail['runId']).toBe(result.runId);
  });

  it.each([
    ['ok', ['true'], {}, 'done'],
    ['not-found', ['no-such-program-anywhere'], {}, 'there is no program no-such-program-anywhere'],
    ['not-found', ['true'], { folder: '/no/such/folder' }, 'there is no folder /no/such/folder'],
    ['signal', ['sh', '-c', 'kill -9 $$'], {}, 'was ended by SIGKILL'],
    ['failed', ['sh', '-c', 'exit 127'], {}, 'ended with 127'],
    ['timeout', ['sleep', '30'], { timeoutSeconds: 0.2 }, 'took longer than 0.2 s and was ended'],
  ])('%s: %j %j', async (outcome, run, more, text) => {
    expect(await made().runner.run(asked(run, more))).toMatchObject({ outcome, text });
  });

  it('not-executable: a file without the bit', async () => {
    const path = script('no-bit', 'true');
    chmodSync(path, 0o644);
    expect(await made().runner.run(asked([path]))).toMatchObject({
      outcome: 'not-executable',
      text: `${path} is not executable (EACCES)`,
    });
  });

  it('has no stdin to wait for', async () => {
    expect(await made().runner.run(asked(['cat']))).toMatchObject({ outcome: 'ok', output: '' });
  });

  it('is cancelled by whoever asked', async () => {
    const controller = new AbortController();
    const run = made().runner.run(asked(['sleep', '30'], {}, { signal: controller.signal }));
    controller.abort();
    expect(await run).toMatchObject({ outcome: 'cancelled' });
  });
});

describe('what a command starts', () => {
  it('ends with it at the limit: deaf children, grandchildren, and those in sessions of their own', async () => {
    const deaf = script('deaf', `trap '' TERM INT HUP; while :; do sleep 0.1; done`);
    const family = script('family', `${deaf} & setsid ${deaf} & (sh -c "${deaf} & wait") & wait`);
    const { runner, home } = made();
    const startedAtMs = performance.now();
    const result = await runner.run(asked([family], { timeoutSeconds: 0.5 }));
    expect(result.outcome).toBe('timeout');
    expect(performance.now() - startedAtMs).toBeLessThan(4_000);
    expect(alive(`ORCH_RUN_HOME=${home}`)).toBe(0);
  }, 20_000);

  it('ends with it when it forks away and leaves', async () => {
    const { runner, home } = made();
    const result = await runner.run(asked(['sh', '-c', 'setsid sleep 30 & setsid sleep 30 & exit 0']));
    expect(result).toMatchObject({ outcome: 'ok', leftBehind: 2 });
    expect(result.text).toBe('done; 2 processes it left behind ended');
    expect(alive(`ORCH_RUN_HOME=${home}`)).toBe(0);
  });

  it('is found and ended by the next core when this one was killed', async () => {
    const { runner, record, home } = made();
    const left = runner.run(asked(['sleep', '30']));
    await expect.poll(() => alive(`ORCH_RUN_HOME=${home}`), { timeout: 20_000 }).toBe(1);
    expect(await runner.endOrphans()).toBe(1);
    expect((await left).outcome).toBe('signal');
    expect(record.audits({ limit: 5 }).map(({ act }) => act)).toContain('orphans-ended');
  });
});

describe('what a command prints', () => {
  it('may be a gigabyte: its end is kept, the rest counted, memory stays', async () => {
    const beforeBytes = process.memoryUsage().rss;
    const result = await made().runner.run(
      asked(['sh', '-c', 'dd if=/dev/zero bs=1M count=1024 2>/dev/null; printf "the end"']),
    );
    expect(result).toMatchObject({ outcome: 'ok', outputBytes: 2 ** 30 + 7 });
    expect(result.output).toBe('the end');
    expect(process.memoryUsage().rss - beforeBytes).toBeLessThan(200e6);
  }, 30_000);

  it('never shows a secret: of a file, of a variable, of the settings', async () => {
    const tokenPath = join(dir, 'token');
    writeFileSync(tokenPath, 'file-hunter2\n');
    const { runner, record } = made({ DEPLOY_PASS: 'env-hunter2' });
    const result = await runner.run(
      asked(
        ['sh', '-c', 'echo "$GH $DEPLOY_PASS of-the-settings $API_KEY"; echo "$0"', 'arg-of-the-settings'],
        {
          secretFiles: { GH: tokenPath },
          secretEnvironment: ['DEPLOY_PASS'],
          environment: { API_KEY: 'plain-in-settings' },
        },
      ),
    );
    expect(result.output).toBe('*** *** *** ***\narg-***\n');
    expect(JSON.stringify(record.audits({ limit: 9 }))).not.toMatch(/hunter2|of-the-settings|plain-in/);
  });

  it('says which secret file is missing, and runs nothing', async () => {
    const result = await made().runner.run(asked(['true'], { secretFiles: { GH: '/no/token' } }));
    expect(result).toMatchObject({
      outcome: 'refused',
      text: 'refused: the file of GH cannot be read (/no/token: ENOENT)',
    });
  });
});

describe('what a command is given', () => {
  it('is a clean environment: the list, its own, the facts, and nothing else of ours', async () => {
    const { runner } = made({ NODE_OPTIONS: '--no-warnings', LD_PRELOAD: '/x', KEPT: 'yes' });
    const result = await runner.run(
      asked(
        ['env'],
        { environment: { OWN: 'a b' }, passEnvironment: ['KEPT'] },
        { facts: { ORCH_CAUSE: '$(id)' } },
      ),
    );
    expect(result.output).toContain('\nOWN=a b\n');
    expect(result.output).toContain('KEPT=yes\n');
    expect(result.output).toContain('ORCH_CAUSE=$(id)\n');
    expect(result.output).not.toMatch(/NODE_OPTIONS|LD_PRELOAD/);
  });

  it('is no shell: arguments arrive as they are', async () => {
    const odd = ['$(id)', ';reboot', '-rf', 'a\nb', "'", '*'];
    const result = await made().runner.run(
      asked(['sh', '-c', 'for a in "$@"; do printf "<%s>" "$a"; done', 'sh'], {}, { args: odd }),
    );
    expect(result.output).toBe(odd.map((item) => `<${item}>`).join(''));
  });

  it('is a shell when asked for, and even then arguments are no part of the line', async () => {
    const result = await made().runner.run(
      asked(['echo one | tr a-z A-Z; echo "$1"'], { shell: true }, { args: ['$(id)'] }),
    );
    expect(result.output).toBe('ONE\n$(id)\n');
  });

  it('is the folder it names, else the one of the project', async () => {
    const { runner } = made();
    const here = await runner.run(asked(['pwd'], { folder: null }, { folder: '/' }));
    expect(here.output).toBe('/\n');
    expect((await runner.run(asked(['pwd']))).output).toBe(`${dir}\n`);
  });
});

describe('order and restraint', () => {
  it('runs one at a time on a resource, in the order asked, and others beside it', async () => {
    const { runner } = made();
    const log = join(dir, 'order');
    const step = (name: string): RunRequest => ({
      ...asked(['sh', '-c', `echo +${name} >> ${log}; sleep 0.1; echo -${name} >> ${log}`]),
    });
    const first = [runner.run(step('a')), runner.run(step('b'))];
    expect(runner.isBusy('unit:trainer')).toBe(true);
    const skipped = runner.run({ ...step('c'), whenBusy: 'skip' });
    const beside = runner.run(asked(['true'], {}, { resource: 'other' }));
    expect((await skipped).outcome).toBe('busy');
    expect((await beside).isOk).toBe(true);
    await Promise.all(first);
    expect(readFileSync(log, 'utf8')).toBe('+a\n-a\n+b\n-b\n');
    expect(runner.isBusy('unit:trainer')).toBe(false);
  });

  it('in observe-only runs nothing and records what it would have run', async () => {
    const { runner, record } = made();
    const mark = join(dir, 'must-not-be');
    const result = await runner.run(asked(['touch', mark], {}, { observeOnly: true }));
    expect(result).toMatchObject({ outcome: 'observed', isOk: false });
    expect(() => readFileSync(mark)).toThrow('ENOENT');
    expect(record.audits({ limit: 1 })).toMatchObject([
      { act: 'throttle-observed', detail: { command: ['touch', mark], folder: dir } },
    ]);
  });

  it('runs nothing from settings that others may write', async () => {
    const { runner } = made({}, () => 'untrusted source');
    expect(await runner.run(asked(['true']))).toMatchObject({
      outcome: 'refused',
      text: 'refused: untrusted source',
    });
  });

  it('ends with the core: what runs is cancelled, what waits is refused', async () => {
    const { runner } = made();
    const runs = [runner.run(asked(['sleep', '30'])), runner.run(asked(['true']))];
    await expect.poll(() => runner.isBusy('unit:trainer'), { timeout: 20_000 }).toBe(true);
    await runner.stop();
    expect((await Promise.all(runs)).map(({ outcome }) => outcome)).toEqual(['cancelled', 'refused']);
  });
});
