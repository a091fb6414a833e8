import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test, vi } from 'vitest';

import type { SyncReply } from '../../shared/contract/sync.ts';
import { openPull, signedCall } from '../fakes/github-project.ts';
import { startGitHubServer, type GitHubServer } from '../fakes/github-server.ts';
import {
  makeHome,
  ORCH_PATH,
  startDaemon,
  writeLaptop,
  writeProject,
  type Home,
  type RunningDaemon,
} from './running-daemon.ts';

const SHA = 'a'.repeat(40);
const NEXT = 'b'.repeat(40);
const SECRET = 'a secret of both sides';
const PATIENCE = { timeout: 20_000 };

let home: Home;
let github: GitHubServer;
let daemon: RunningDaemon;

beforeAll(async () => {
  home = makeHome();
  github = await startGitHubServer('ann/shop');
  github.pages = {
    '': { default_branch: 'main' },
    '/pulls': [openPull(SHA)],
    '/pulls/7/files': [{ filename: 'a.ts' }],
    '/deployments': [],
    '/commits': [],
  };
  writeLaptop(home.sysfsDir, { percent: 90, ac: true });
  const path = join(home.dir, 'shop');
  writeProject(path);
  const secretsDir = join(home.dir, 'secrets');
  mkdirSync(secretsDir, { mode: 0o700 });
  writeFileSync(join(secretsDir, 'github-token'), 'good-token\n', { mode: 0o600 });
  writeFileSync(join(secretsDir, 'github-webhook'), `${SECRET}\n`, { mode: 0o600 });
  const settings = { repository: 'ann/shop', apiUrl: github.url, commitStatus: true };
  home.configure({ projects: [{ id: 'shop', path, github: settings }] });
  daemon = await startDaemon(home);
});
afterAll(async () => {
  await daemon.stop();
  await github.stop();
  home.remove();
});

const statuses = (sha: string): readonly unknown[] =>
  github.heard
    .filter(({ method, path }) => method === 'POST' && path === `/repos/ann/shop/statuses/${sha}`)
    .map(({ body }) => body['context']);

async function call(event: string, payload: object, secret: string): Promise<number> {
  const { headers, body } = signedCall(event, payload, secret);
  const response = await fetch(`${daemon.endpoint.url}/v1/webhooks/github`, {
    method: 'POST',
    headers: headers as Record<string, string>,
    body: new Uint8Array(body),
  });
  return response.status;
}

const isReached = ({ destinations }: SyncReply): boolean =>
  typeof destinations['github:ann/shop']?.lastSuccessAt === 'string';

test('a daemon as it is shipped tells GitHub the verdict, hears its webhooks and no forged ones', async () => {
  await vi.waitFor(() => expect(statuses(SHA)).toEqual(['orchestrator/deploy-gate']), PATIENCE);
  expect(github.heard.every(({ authorization }) => authorization === 'token good-token')).toBe(true);
  await daemon.until('/v1/sync', isReached, 20_000);

  const push = {
    ref: 'refs/heads/main',
    after: NEXT,
    commits: [{ id: NEXT, message: 'fix: a thing', added: [], removed: [], modified: ['a.ts'] }],
    repository: { full_name: 'ann/shop' },
  };
  expect(await call('push', push, 'another secret')).toBe(401);
  expect(await call('push', push, SECRET)).toBe(202);
  expect(await call('push', push, SECRET)).toBe(200);
  await vi.waitFor(() => expect(statuses(NEXT)).toEqual(['orchestrator/deploy-gate']), PATIENCE);
  // Neither the token nor the secret is printed or answered anywhere.
  const said = [daemon.stdout(), daemon.stderr(), JSON.stringify((await daemon.get('/v1/state')).body)].join(
    '\n',
  );
  expect(said).not.toContain('good-token');
  expect(said).not.toContain(SECRET);
});

test('the command line shows the mirrors, pushes, and keeps the key of Manus without ever showing it', async () => {
  await daemon.until('/v1/sync', isReached, 20_000);
  expect((await home.orch('sync')).stdout).toMatch(/^github:ann\/shop: ok; \d waiting; last success/);
  expect((await home.orch('sync', 'drop', 'x')).stderr).toContain('--yes');
  const unknown = await home.orch('sync', 'retry', 'x');
  expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('no such message')]);
  expect((await home.orch('sync', 'push')).stdout).toBe('Whatever waits is tried now.\n');

  const child = spawn(process.execPath, [ORCH_PATH, 'sync', 'key'], { env: home.env });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (piece: Buffer) => (said += piece.toString()));
  child.stdin.end('sk-a-key-of-manus\n');
  expect((await once(child, 'close'))[0]).toBe(0);
  expect(said).toBe('Kept. It is used from now on.\n');
  const path = join(home.dir, 'secrets', 'manus-key');
  expect(readFileSync(path, 'utf8')).toBe('sk-a-key-of-manus');
  if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(JSON.stringify((await daemon.get('/v1/secrets')).body)).not.toContain('sk-a-key');
  expect((await home.orch('sync', 'key', '--remove')).stdout).toBe('Forgotten.\n');
  expect(existsSync(path)).toBe(false);
});
