import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { kubernetesAccess, type KubernetesAccess } from '../../../../core/remediation/kubernetes-access.ts';
import { setScale } from '../../../../core/remediation/kubernetes-scale.ts';
import { systemClock } from '../../../../core/system-clock.ts';
import { fakeClock } from '../../../fakes/fake-clock.ts';
import {
  kubeconfigText,
  kubernetesServer,
  TOKEN,
  type KubernetesServer,
} from '../../../fakes/kubernetes-server.ts';

let cluster: KubernetesServer;
beforeAll(async () => {
  cluster = await kubernetesServer();
});
afterAll(async () => {
  await cluster.close();
  rmSync(cluster.dir, { recursive: true, force: true });
});
beforeEach(() => {
  Object.assign(cluster, { replicas: 2, status: null, conflicts: 0 });
  cluster.asked.length = 0;
});

const web = { namespace: 'shop', deployment: 'web' };
const access = (context: string | null = null): Promise<KubernetesAccess> =>
  kubernetesAccess({ path: cluster.kubeconfig, text: readFileSync(cluster.kubeconfig, 'utf8') }, context);

describe('the scale subresource', () => {
  it('is read and written, with the token and the authority of the kubeconfig', async () => {
    expect(await setScale(systemClock, await access(), web, () => 5)).toEqual({ before: 2, now: 5 });
    expect([cluster.replicas, cluster.asked]).toEqual([5, ['GET 200', 'PUT 200']]);
  });
  it('is not written where nothing differs, nor where nothing is wanted any more', async () => {
    await setScale(systemClock, await access(), web, () => 2);
    await setScale(systemClock, await access(), web, () => null);
    expect(cluster.asked).toEqual(['GET 200', 'GET 200']);
  });
  it('is read and written once more after a conflict', async () => {
    cluster.conflicts = 1;
    expect(await setScale(systemClock, await access(), web, (current) => current + 1)).toEqual({
      before: 2,
      now: 3,
    });
    expect(cluster.asked).toEqual(['GET 200', 'PUT 409', 'GET 200', 'PUT 200']);
  });
  it('is left alone after the second', async () => {
    cluster.conflicts = 9;
    await expect(setScale(systemClock, await access(), web, () => 5)).rejects.toThrow(
      'somebody else changed shop/web twice in a row (409)',
    );
    expect(cluster.asked).toHaveLength(4);
  });
  it.each([
    [401, 'the cluster does not accept the credentials (401)'],
    [403, 'the credentials may not scale shop/web (403); they need get and update on deployments/scale'],
    [404, 'there is no deployment shop/web (404)'],
    [429, 'the cluster answered 429 about shop/web: no: 429'],
    [503, 'the cluster answered 503 about shop/web: no: 503'],
  ])('%i is one line', async (status, line) => {
    cluster.status = status;
    await expect(setScale(systemClock, await access(), web, () => 5)).rejects.toThrow(line);
    expect(cluster.asked).toEqual([`GET ${status}`]);
  });
  it('refuses another token, and names no token', async () => {
    const failed = await setScale(systemClock, await access('stranger'), web, () => 5).catch(String);
    expect(failed).toContain('(401)');
    expect(failed).not.toContain('something-else');
  });
  it('is not waited for longer than 10 s', async () => {
    cluster.status = 0;
    const clock = fakeClock();
    const late = setScale(clock, await access(), web, () => 5);
    const refused = expect(late).rejects.toThrow(/did not answer within 10 s/);
    while (cluster.asked.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await clock.advanceMs(10_000);
    await refused;
    expect(clock.pending()).toBe(0);
  });
  it('is asked of no server whose certificate is not known', async () => {
    const { server } = await access();
    const text = kubeconfigText(server, '');
    const stranger = await kubernetesAccess({ path: cluster.kubeconfig, text }, null);
    await expect(setScale(systemClock, stranger, web, () => 5)).rejects.toThrow(
      /certificate of 127\.0\.0\.1.* is not trusted/,
    );
    expect(cluster.asked).toEqual([]);
  });
  it('cannot be reached where nobody listens', async () => {
    const text = kubeconfigText('https://127.0.0.1:9', 'certificate-authority: ca.pem');
    const nobody = await kubernetesAccess({ path: cluster.kubeconfig, text }, null);
    await expect(setScale(systemClock, nobody, web, () => 5)).rejects.toThrow(
      'cannot be reached: ECONNREFUSED',
    );
  });
});

describe('a kubeconfig', () => {
  const read = (text: string, context: string | null = null): Promise<KubernetesAccess> =>
    kubernetesAccess({ path: cluster.kubeconfig, text }, context);

  it.each([
    ['is no kubeconfig', `token: ${TOKEN}\n  : [`, null],
    ['has no context "other"; it has shop, stranger, program', kubeconfigText('https://a', ''), 'other'],
    ['must be reached by https', kubeconfigText('http://cluster.example', ''), null],
    ['names no address', kubeconfigText('cluster', ''), null],
    ['gets its token from a program', kubeconfigText('https://a', ''), 'program'],
    ['cannot be read (ENOENT)', kubeconfigText('https://a', 'certificate-authority: none.pem'), null],
  ])('%s', async (said, text, context) => {
    const failed = await read(text, context).catch(String);
    expect(failed).toContain(said);
    expect(failed).not.toContain(TOKEN);
  });
  it('starts no program', () => {
    expect(existsSync(join(cluster.dir, 'ran')) || existsSync('ran')).toBe(false);
  });
  it('may speak plain http to this machine, as kubectl proxy does', async () => {
    const text = kubeconfigText('http://127.0.0.1:8001/', 'insecure-skip-tls-verify: true');
    expect((await read(text)).server).toBe('http://127.0.0.1:8001');
  });
});
