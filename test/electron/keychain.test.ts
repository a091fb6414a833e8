import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import type { ElectronApplication } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { SecretState } from '../../shared/contract/secrets.ts';
import { startSecretService } from '../fakes/secret-service.ts';
import type { SecretService } from '../fakes/secret-service.ts';
import { writeLaptop } from '../integration/running-daemon.ts';
import { ended, hasDesktop, NEEDS, SOON, startDesktop } from './desktop.ts';
import type { Desktop } from './desktop.ts';

/** Chromium takes the keyring of the desktop it believes to run on. */
const WITH_KEYRING = { XDG_CURRENT_DESKTOP: 'GNOME' };
const HUSH = 'https://hooks.example/hush';

describe.skipIf(!hasDesktop())(`secrets on a desktop with a keyring ${NEEDS}`, () => {
  let desktop: Desktop;
  let keyring: SecretService;
  let app: ElectronApplication;
  let dir = '';

  beforeAll(async () => {
    desktop = await startDesktop();
    dir = join(desktop.env['ORCH_HOME'] ?? '', 'secrets');
    writeLaptop(desktop.sysfsDir, { percent: 45, ac: false });
    desktop.makeDir(dir);
    desktop.writeFile(join(dir, 'slack-webhook'), HUSH, 0o600);
    keyring = await startSecretService(desktop.busAddress);
    app = await desktop.launch(WITH_KEYRING);
  });
  afterAll(async () => {
    keyring.close();
    await desktop.stop();
  });

  const slack = async (): Promise<SecretState | undefined> => {
    const states = (await desktop.ask('GET', '/v1/secrets')) as readonly SecretState[];
    return states.find(({ name }) => name === 'slack-webhook');
  };
  const sealed = { isSet: true, problem: null, keptIn: 'keychain', note: null };

  it('are encrypted by a shell that hosts the core, those that were plain too', async () => {
    await expect.poll(() => readdirSync(dir), SOON).toEqual(['slack-webhook.sealed']);
    expect(await slack()).toMatchObject(sealed);
    expect(keyring.itemCount()).toBeGreaterThan(0);
    const path = join(dir, 'slack-webhook.sealed');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(Buffer.from(readFileSync(path, 'utf8'), 'base64').toString('latin1')).not.toContain('hush');
    // What it decrypts to is an address, and not one that the channel may use.
    expect(await desktop.ask('POST', '/v1/alerts/test/slack')).toMatchObject({
      test: { why: expect.stringMatching(/not Slack's/) as unknown },
    });
  });

  it('are locked to the app for a core without it, which says so', async () => {
    const exit = new Promise((resolve) => app.process().once('exit', resolve));
    app.process().kill('SIGTERM');
    await exit;
    const core = await desktop.startCore();
    expect(await slack()).toMatchObject({
      isSet: true,
      problem: expect.stringMatching(/locked to the desktop app/) as unknown,
    });
    await expect.poll(() => desktop.orch('doctor'), SOON).toBe(1);
    await ended(core);
  });

  it('that another keyring encrypted are said to be of no use, and can be set again', async () => {
    keyring.reset();
    app = await desktop.launch(WITH_KEYRING);
    await expect
      .poll(slack, SOON)
      .toMatchObject({ isSet: true, problem: expect.stringMatching(/another keychain/) as unknown });
    expect(await desktop.ask('PUT', '/v1/secrets/slack-webhook', { value: HUSH })).toMatchObject(sealed);
  });
});
