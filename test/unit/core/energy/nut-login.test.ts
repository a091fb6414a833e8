import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { readPasswordFile } from '../../../../core/energy/nut-password.ts';
import { nutLink, readNutOnce } from '../../../../core/energy/nut.ts';
import { systemClock } from '../../../../core/system-clock.ts';
import { startFakeNutServer } from '../../../fakes/fake-nut-server.ts';
import type { FakeNutScript, FakeNutServer } from '../../../fakes/fake-nut-server.ts';

const servers: FakeNutServer[] = [];
const serve = async (script: FakeNutScript) => {
  const server = await startFakeNutServer(script);
  servers.push(server);
  return server;
};
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

const clock = systemClock;
const onLine = { 'ups.status': 'OL CHRG', 'battery.charge': '91' };

describe('user and password', () => {
  const login = { user: 'watch er', readPassword: () => Promise.resolve('se"cret'), readCa: null };

  it('are sent before the lists, quoted', async () => {
    const server = await serve({ ups: { rack: onLine } });
    const session = await nutLink(server.address, clock, login).open(2000);
    session.close();
    expect(server.received).toEqual(['STARTTLS', 'USERNAME "watch er"', 'PASSWORD se\\"cret']);
  });

  it('that are refused are told without the password', async () => {
    const server = await serve({
      ups: {},
      instead: (line) => (line.startsWith('PASSWORD') ? 'ERR INVALID-PASSWORD\n' : undefined),
    });
    const opening = nutLink(server.address, clock, login).open(2000);
    await expect(opening).rejects.toThrow('the server refuses this password (INVALID-PASSWORD)');
  });

  it('come from a file that nobody else can read', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'nut-password-'));
    try {
      const path = join(dir, 'password');
      writeFileSync(path, 'hush\n', { mode: 0o600 });
      expect(await readPasswordFile(path)).toBe('hush');
      chmodSync(path, 0o644);
      await expect(readPasswordFile(path)).rejects.toThrow(/can be read by others: chmod 600/);
      chmodSync(path, 0o600);
      writeFileSync(path, 'one\ntwo\n');
      await expect(readPasswordFile(path)).rejects.toThrow('must hold one line');
      await expect(readPasswordFile(join(dir, 'absent'))).rejects.toThrow('ENOENT');
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
});

describe('STARTTLS', () => {
  let dir = '';
  let tls = { key: '', cert: '' };
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'nut-tls-'));
    const [key, cert] = [join(dir, 'key.pem'), join(dir, 'cert.pem')];
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:prime256v1',
        '-nodes',
        '-days',
        '2',
      ].concat([
        '-subj',
        '/CN=127.0.0.1',
        '-addext',
        'subjectAltName=IP:127.0.0.1',
        '-keyout',
        key,
        '-out',
        cert,
      ]),
      { stdio: 'ignore' },
    );
    tls = { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  });
  afterAll(() => rmSync(dir, { recursive: true }));

  it('is taken where it is offered, a self-signed certificate included', async () => {
    const server = await serve({ ups: { rack: onLine }, tls });
    const [reading] = await readNutOnce(server.address, { clock });
    expect(reading).toMatchObject({ status: 'OL CHRG', problem: null });
    expect(server.received).toEqual(['STARTTLS', 'tls:LIST UPS', 'tls:LIST VAR rack']);
  });

  it('that is cut in mid-list is told as that', async () => {
    for (const cut of ['end', 'destroy'] as const) {
      const server = await serve({
        ups: { rack: onLine },
        tls,
        instead: (line, socket) => {
          if (line !== 'LIST VAR rack') return undefined;
          socket[cut]();
          return null;
        },
      });
      const [reading] = await readNutOnce(server.address, { clock });
      expect(reading?.problem).toContain(server.address);
      expect(reading?.problem).toMatch(/closed the connection|ECONNRESET/);
    }
  });

  it('holds the certificate against the given authority', async () => {
    const server = await serve({ ups: { rack: onLine }, tls });
    const good = nutLink(server.address, clock, {
      user: null,
      readPassword: null,
      readCa: () => Promise.resolve(tls.cert),
    });
    const session = await good.open(2000);
    expect(await session.read(2000)).toHaveLength(1);
    session.close();

    const other = execFileSync(
      'openssl',
      ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'].concat([
        '-nodes',
        '-subj',
        '/CN=other',
        '-keyout',
        '/dev/null',
      ]),
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    );
    const wary = nutLink(server.address, clock, {
      user: 'u',
      readPassword: null,
      readCa: () => Promise.resolve(other),
    });
    await expect(wary.open(2000)).rejects.toThrow(/no encrypted connection with .*certificate/);
    expect(server.received.filter((line) => line.includes('USERNAME'))).toEqual([]);
  });

  it('is insisted on when an authority is given', async () => {
    const server = await serve({ ups: { rack: onLine } });
    const link = nutLink(server.address, clock, {
      user: null,
      readPassword: null,
      readCa: () => Promise.resolve(tls.cert),
    });
    await expect(link.open(2000)).rejects.toThrow('offers no TLS, which energy.nutCaFile asks for');
  });

  it('is not believed when data comes before the handshake', async () => {
    const server = await serve({
      ups: {},
      instead: (line) => (line === 'STARTTLS' ? 'OK STARTTLS\nBEGIN LIST UPS\n' : undefined),
    });
    const [reading] = await readNutOnce(server.address, { clock });
    expect(reading?.problem).toContain('without being asked');
  });

  it('that never finishes ends at the deadline', async () => {
    const server = await serve({
      ups: {},
      instead: (line) => (line === 'STARTTLS' ? 'OK STARTTLS\n' : null),
    });
    const [reading] = await readNutOnce(server.address, { clock, timeoutMs: 400 });
    expect(reading?.problem).toContain('did not answer');
  });
});
