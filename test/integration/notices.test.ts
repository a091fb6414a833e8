import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Notice } from '../../shared/contract/alert.ts';
import type { Snapshot } from '../../shared/contract/state.ts';
import { startFakeSlackServer, type FakeSlackServer } from '../fakes/fake-slack-server.ts';
import { makeHome, startDaemon, writeLaptop, type Home, type RunningDaemon } from './running-daemon.ts';

const SETTINGS = `alerts:
  quietHours: null
  slack:
    enabled: true
    otherHosts: [127.0.0.1]
`;

let home: Home;
let slack: FakeSlackServer;
let daemon: RunningDaemon;
const events: Notice[] = [];

beforeAll(async () => {
  slack = await startFakeSlackServer();
  home = makeHome();
  writeFileSync(join(home.dir, 'config.yaml'), SETTINGS);
  writeLaptop(home.sysfsDir, { percent: 15, ac: false });
  daemon = await startDaemon(home, '--quiet', '--interval', '1');
});
afterAll(async () => {
  await daemon.stop();
  await slack.close();
  home.remove();
});

async function act(method: string, path: string, body?: object): Promise<{ status: number; text: string }> {
  const { url, token } = daemon.endpoint;
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, text: await response.text() };
}

/** Listens as the desktop shell does. */
async function listenAsShell(): Promise<void> {
  const { url, token } = daemon.endpoint;
  const response = await fetch(`${url}/v1/events?client=shell`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  void (async () => {
    let text = '';
    for (;;) {
      const { done, value } = await reader.read().catch(() => ({ done: true, value: '' }));
      if (done) return;
      text += value;
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const data = /^event: alert\ndata: (.*)$/m.exec(block)?.[1];
        if (data !== undefined) events.push(JSON.parse(data) as Notice);
      }
    }
  })();
}

/** Every file of the home but the secret's own, as text. */
function textsOf(dir: string): string[] {
  return readdirSync(dir).flatMap((name) => {
    const path = join(dir, name);
    if (name === 'secrets' || name === 'sys') return [];
    const stat = statSync(path);
    return stat.isDirectory() ? textsOf(path) : stat.isFile() ? [readFileSync(path, 'latin1')] : [];
  });
}

const level = (wanted: string) => (state: Snapshot) => state.energy.level === wanted;

describe('notices of the built core', () => {
  it('go once to the shell that listens and to Slack, and the secret goes nowhere else', async () => {
    await listenAsShell();
    const set = await act('PUT', '/v1/secrets/slack-webhook', { value: slack.url });
    expect(set).toEqual({
      status: 200,
      text: JSON.stringify({ name: 'slack-webhook', isSet: true, problem: null, keptIn: 'file', note: null }),
    });
    await slack.came(1);
    expect(slack.received[0]?.text).toMatch(/^\*Battery 15\s%\*\nFeatures wait below 20\s%/);
    expect(events).toMatchObject([{ code: 'energy-dropped', desktop: 'shell', replaces: 'energy' }]);

    writeLaptop(home.sysfsDir, { percent: 4, ac: false });
    await slack.came(2);
    expect(slack.received[1]?.text).toMatch(/^\*CRITICAL: Battery 4\s%\*/);
    expect(events).toHaveLength(2);

    const test = await act('POST', '/v1/alerts/test/slack', {});
    expect(JSON.parse(test.text)).toMatchObject({ name: 'slack', test: { result: 'delivered', why: null } });
    expect(slack.received).toHaveLength(3);

    const doors = await Promise.all(
      ['/v1/state', '/v1/alerts', '/v1/alerts/channels', '/v1/secrets', '/v1/audit', '/v1/config'].map(
        (path) => act('GET', path),
      ),
    );
    const seen = [...doors.map(({ text }) => text), daemon.stdout(), daemon.stderr(), JSON.stringify(events)];
    expect([...seen, ...textsOf(home.dir)].filter((text) => text.includes('hush'))).toEqual([]);
    expect(statSync(join(home.dir, 'secrets/slack-webhook')).mode & 0o777).toBe(0o600);
  });

  it('are not told again after the core was killed', async () => {
    await daemon.stop('SIGKILL');
    daemon = await startDaemon(home, '--quiet', '--interval', '1');
    await daemon.until('/v1/state', level('CRITICAL'), 10_000);
    // Past the grace of the start and the gathering of a burst, in rounds of a second.
    await daemon.until('/v1/state', (state: Snapshot) => state.sequence >= 10, 30_000);
    expect(slack.received).toHaveLength(3);
    const state = (await daemon.get('/v1/state')).body as Snapshot;
    expect(state.alerts.map(({ code }) => code)).toContain('energy-critical');
  });
});
