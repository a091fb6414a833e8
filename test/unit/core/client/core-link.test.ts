import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, describe, expect, it, vi } from 'vitest';

import { createCoreLink } from '../../../../core/client/core-link.ts';
import type { CoreLink } from '../../../../core/client/core-link.ts';
import type { EndpointFile } from '../../../../shared/contract/endpoint-file.ts';
import type { EnergyLevel } from '../../../../shared/contract/vocabulary.ts';
import type { TrayInput } from '../../../../shared/view/tray-view.ts';
import { fakeClock } from '../../../fakes/fake-clock.ts';
import { startFakeEndpoint } from '../../../fakes/fake-endpoint.ts';
import type { FakeEndpoint } from '../../../fakes/fake-endpoint.ts';
import { bareSnapshot } from '../../../fakes/bare-snapshot.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

async function core(level: EnergyLevel, where: { socketPath?: string } = {}): Promise<FakeEndpoint> {
  const endpoint = await startFakeEndpoint(bareSnapshot(level), where);
  cleanups.push(() => endpoint.stop());
  return endpoint;
}

function linkTo(first: EndpointFile | null) {
  const clock = fakeClock();
  const told: TrayInput[] = [];
  const found: { endpoint: EndpointFile | null } = { endpoint: first };
  let newCores = 0;
  const link: CoreLink = createCoreLink({
    findEndpoint: () => found.endpoint,
    clock,
    onChange: (input) => told.push(input),
    onNewCore: () => (newCores += 1),
  });
  cleanups.push(() => link.stop());
  const settles = (expected: Partial<Omit<TrayInput, 'snapshot'>> & { level?: EnergyLevel }): Promise<void> =>
    vi.waitFor(() => {
      const { snapshot, connection } = link.state();
      expect({ level: snapshot?.energy.level, connection }).toMatchObject(expected);
    });
  return { link, clock, told, found, settles, newCores: () => newCores };
}

describe('following a core', () => {
  it('takes its state and every later snapshot', async () => {
    const running = await core('HIGH');
    const { settles } = linkTo(running.endpoint);
    await settles({ connection: 'connected', level: 'HIGH' });
    await vi.waitFor(() => expect(running.followers()).toBe(1));
    running.publish(bareSnapshot('LOW'));
    await settles({ connection: 'connected', level: 'LOW' });
  });

  it('speaks over the socket where there is one, and never over the port', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'link-'));
    cleanups.push(() => rmSync(dir, { recursive: true }));
    const running = await core('MEDIUM', { socketPath: join(dir, 'api.sock') });
    const { settles } = linkTo({ ...running.endpoint, url: 'http://127.0.0.1:9' });
    await settles({ connection: 'connected', level: 'MEDIUM' });
  });

  it('asks for a one-time page address', async () => {
    const running = await core('HIGH');
    const { link, settles } = linkTo(running.endpoint);
    await settles({ connection: 'connected' });
    expect(await link.signInUrl()).toBe(`${running.endpoint.url}/#code=code-1`);
    expect(link.origin()).toBe(running.endpoint.url);
  });

  it('believes no page address but that of the endpoint file', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'link-'));
    cleanups.push(() => rmSync(dir, { recursive: true }));
    const running = await core('HIGH', { socketPath: join(dir, 'api.sock') });
    const { link, clock, settles } = linkTo({ ...running.endpoint, url: 'http://127.0.0.1:10' });
    await settles({ connection: 'connected' });
    let answer: string | null | undefined;
    void link.signInUrl().then((url) => (answer = url));
    await vi.waitFor(
      async () => {
        await clock.advanceMs(250);
        expect(answer).toBeNull();
      },
      { timeout: 10_000, interval: 5 },
    );
  });
});

describe('losing a core', () => {
  it('stays calm for five seconds, then says so with a growing age', async () => {
    const running = await core('FULL');
    const { link, clock, settles } = linkTo(running.endpoint);
    await settles({ connection: 'connected' });
    await vi.waitFor(() => expect(running.followers()).toBe(1));
    await running.stop();
    await settles({ connection: 'connecting', level: 'FULL' });
    await clock.advanceMs(4_999);
    expect(link.state().connection).toBe('connecting');
    await clock.advanceMs(1);
    expect(link.state()).toMatchObject({ connection: 'lost', lostForSeconds: 5 });
    await clock.advanceMs(175_000);
    expect(link.state().lostForSeconds).toBe(180);
  });

  it('tells the tray of the age again and again', async () => {
    const { clock, told } = linkTo(null);
    await clock.advanceMs(5_000);
    const before = told.length;
    await clock.advanceMs(60_000);
    expect(told.length).toBeGreaterThanOrEqual(before + 2);
  });

  it('invents no age for a core that never was', async () => {
    const { link, clock } = linkTo(null);
    await clock.advanceMs(60_000);
    expect(link.state()).toEqual({ snapshot: null, connection: 'lost' });
    expect(await link.signInUrl()).toBeNull();
  });

  it('notices a stream that has gone silent', async () => {
    const running = await core('HIGH');
    const { clock, settles } = linkTo(running.endpoint);
    await settles({ connection: 'connected' });
    await vi.waitFor(() => expect(running.followers()).toBe(1));
    await clock.advanceMs(40_000);
    await settles({ connection: 'connecting' });
  });
});

describe('coming back', () => {
  it('comes back to the same core without signing the page in anew', async () => {
    const running = await core('HIGH');
    const { clock, settles, newCores } = linkTo(running.endpoint);
    await settles({ connection: 'connected' });
    await vi.waitFor(() => expect(running.followers()).toBe(1));
    running.breakStreams();
    await settles({ connection: 'connecting' });
    await clock.advanceMs(250);
    await settles({ connection: 'connected' });
    expect(newCores()).toBe(0);
  });

  it('finds a restarted core by its new endpoint file and says that it is another', async () => {
    const first = await core('HIGH');
    const { link, clock, found, settles, newCores } = linkTo(first.endpoint);
    await settles({ connection: 'connected' });
    await vi.waitFor(() => expect(first.followers()).toBe(1));
    await first.stop();
    await settles({ connection: 'connecting' });
    found.endpoint = null;
    await clock.advanceMs(60_000);
    const second = await core('LOW');
    found.endpoint = second.endpoint;
    link.retryNow();
    await settles({ connection: 'connected', level: 'LOW' });
    expect(newCores()).toBe(1);
    expect(link.origin()).toBe(second.endpoint.url);
  });
});

it('says nothing more once it is stopped', async () => {
  const running = await core('HIGH');
  const { link, told, clock, settles } = linkTo(running.endpoint);
  await settles({ connection: 'connected' });
  await link.stop();
  const before = told.length;
  await vi.waitFor(() => expect(running.followers()).toBe(0));
  await clock.advanceMs(60_000);
  expect(told).toHaveLength(before);
});

describe('asking a core', () => {
  it('sends what is to be done, and says when there is nobody', async () => {
    const running = await core('HIGH');
    const { link, found, settles } = linkTo(running.endpoint);
    await settles({ connection: 'connected' });
    await link.ask('PUT', '/v1/alerts/quiet', { forMinutes: 60 });
    expect(running.acts).toEqual([{ what: 'PUT /v1/alerts/quiet', body: { forMinutes: 60 } }]);
    expect(link.corePid()).toBe(running.endpoint.pid);
    await expect(link.ask('GET', '/v1/nothing')).rejects.toThrow('The core answered 404');
    found.endpoint = null;
    await expect(link.ask('GET', '/v1/health')).rejects.toThrow('The core is not running.');
  });
});
