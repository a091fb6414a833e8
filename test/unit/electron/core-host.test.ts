import { describe, expect, it } from 'vitest';

import { createCoreHost, findAnswering } from '../../../electron/core-host.ts';
import type { EndpointFile } from '../../../shared/contract/endpoint-file.ts';

const endpoint: EndpointFile = {
  url: 'http://127.0.0.1:1',
  socket: null,
  token: 't'.repeat(43),
  pid: 1,
  startedAt: '2026-01-05T10:00:00.000Z',
  version: '0.1.0',
};

function machine(running: EndpointFile | null, start: () => Promise<void> = () => Promise.resolve()) {
  const seen = { starts: 0, stops: 0, running };
  const host = createCoreHost({
    findRunning: () => Promise.resolve(seen.running),
    async start() {
      seen.starts += 1;
      await start();
      return {
        endpoint,
        stop() {
          seen.stops += 1;
          return Promise.resolve();
        },
      };
    },
  });
  return { host, seen };
}

describe('attaching and hosting', () => {
  it('attaches to a core that runs, and leaves it running', async () => {
    const { host, seen } = machine(endpoint);
    expect(await host.ensure()).toEqual({ kind: 'attached' });
    await host.stop();
    expect(seen).toMatchObject({ starts: 0, stops: 0 });
  });

  it('hosts one where none runs, and stops it at the end', async () => {
    const { host, seen } = machine(null);
    expect(await host.ensure()).toEqual({ kind: 'hosting' });
    expect(await host.ensure()).toEqual({ kind: 'hosting' });
    await host.stop();
    expect(seen).toMatchObject({ starts: 1, stops: 1 });
  });

  it('starts one only, however often it is asked at once', async () => {
    const { host, seen } = machine(null);
    await Promise.all([host.ensure(), host.ensure(), host.ensure()]);
    expect(seen.starts).toBe(1);
  });

  it('attaches when another start was quicker', async () => {
    const { host, seen } = machine(null, () => {
      seen.running = endpoint;
      return Promise.reject(new Error('already running'));
    });
    expect(await host.ensure()).toEqual({ kind: 'attached' });
  });

  it('says why it cannot, and may be asked again', async () => {
    let works = false;
    const { host } = machine(null, () =>
      works ? Promise.resolve() : Promise.reject(new Error('config.yaml:3:1 bad')),
    );
    expect(await host.ensure()).toEqual({ kind: 'failed', why: 'config.yaml:3:1 bad' });
    works = true;
    expect(await host.ensure()).toEqual({ kind: 'hosting' });
  });

  it('takes an endpoint file that nothing answers to for what it is', async () => {
    expect(await findAnswering(() => endpoint)).toBeNull();
    expect(await findAnswering(() => null)).toBeNull();
  });
});
