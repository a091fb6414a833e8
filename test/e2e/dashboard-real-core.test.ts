import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { accessibilityFindings } from './accessibility.ts';
import { keepScreen, openBrowser, openPage } from './browser.ts';
import { builtPageDir } from './built-page.ts';

const ROOT = resolve(import.meta.dirname, '../..');

/** A laptop on battery at 17 %, as the kernel shows it. */
const SYSFS: Readonly<Record<string, string>> = {
  'power_supply/ADP1/type': 'Mains',
  'power_supply/ADP1/online': '0',
  'power_supply/BAT0/type': 'Battery',
  'power_supply/BAT0/scope': 'System',
  'power_supply/BAT0/present': '1',
  'power_supply/BAT0/status': 'Discharging',
  'power_supply/BAT0/capacity': '17',
  'power_supply/BAT0/energy_now': '8220000',
  'power_supply/BAT0/energy_full': '48390000',
  'power_supply/BAT0/power_now': '9110000',
  'thermal/thermal_zone0/type': 'x86_pkg_temp',
  'thermal/thermal_zone0/temp': '55000',
};

describe('dashboard on the core itself', () => {
  let homeDir: string;
  let browser: Browser;
  let core: ChildProcess;
  let signInUrl: string;
  let env: NodeJS.ProcessEnv;

  beforeAll(async () => {
    await builtPageDir();
    homeDir = mkdtempSync(join(tmpdir(), 'orch-page-'));
    for (const [path, text] of Object.entries(SYSFS)) {
      mkdirSync(join(homeDir, 'sys/class', path, '..'), { recursive: true });
      writeFileSync(join(homeDir, 'sys/class', path), `${text}\n`);
    }
    env = {
      PATH: process.env['PATH'],
      HOME: homeDir,
      ORCH_HOME: join(homeDir, 'orch'),
      ORCH_SYSFS: join(homeDir, 'sys'),
      ORCH_PORT: '0',
    };
    mkdirSync(join(homeDir, 'orch'));
    core = spawn(process.execPath, [join(ROOT, 'cli/orch.ts'), 'daemon', '--quiet'], { env });
    signInUrl = await spokenUrl(core);
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    if (core.exitCode === null && core.signalCode === null) {
      core.kill('SIGTERM');
      await once(core, 'exit');
    }
    rmSync(homeDir, { recursive: true, force: true });
  });

  it('shows what the core reads, keeps what the person sets, and says when the core is gone', async () => {
    const { page, complaints } = await openPage(browser, signInUrl, 'wide', 'light');
    await page.getByRole('heading', { name: /^LOW/ }).waitFor();
    await page.getByText('live, updated').waitFor();
    const first = (await page.locator('body').innerText()).replaceAll('\u202f', ' ');
    expect(first).toContain('LOW · 16 %');
    expect(first).toContain('No projects yet');
    expect(first).toContain('BAT0');

    mkdirSync(join(homeDir, 'shop'));
    const add = spawn(
      process.execPath,
      [join(ROOT, 'cli/orch.ts'), 'project', 'add', join(homeDir, 'shop')],
      { env },
    );
    expect((await once(add, 'exit'))[0]).toBe(0);
    await page.locator('[data-project=shop]').waitFor();
    await keepScreen(page, 'real-core-wide-light', true);
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(complaints).toEqual([]);

    await page.getByRole('slider', { name: 'Well-being today' }).fill('45');
    await page.getByText(/^until/).waitFor();
    await page.locator('[data-project=shop] .score', { hasText: 'Well-being' }).getByText('45').waitFor();

    core.kill('SIGTERM');
    await once(core, 'exit');
    await page.getByRole('region', { name: 'Lost the core' }).waitFor();
    expect(await page.getByRole('heading', { name: /^LOW/ }).isVisible()).toBe(true);
  });
});

/** The link the core says it can be opened with. */
async function spokenUrl(core: ChildProcess): Promise<string> {
  const said: string[] = [];
  for await (const line of createInterface({ input: core.stderr! })) {
    said.push(line);
    const url = /http:\/\/127\.0\.0\.1:\d+\/#code=\S+/.exec(line)?.[0];
    if (url !== undefined) return url;
  }
  throw new Error(`The core ended before it was ready:\n${said.join('\n')}`);
}
