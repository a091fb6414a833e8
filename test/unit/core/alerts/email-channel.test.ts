import { createServer, type AddressInfo } from 'node:net';

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { createEmailChannel } from '../../../../core/alerts/email-channel.ts';
import type { OutsideMessage } from '../../../../core/alerts/outside-channel.ts';
import { emailConfigSchema, type EmailConfig } from '../../../../shared/contract/alerts-config.ts';
import {
  makeCertificate,
  startMailServer,
  type MailServer,
  type OwnCertificate,
} from '../../../fakes/mail-server.ts';
import { memorySecrets } from '../../../fakes/memory-secrets.ts';

let certificate: OwnCertificate;
beforeAll(() => {
  certificate = makeCertificate();
});
afterAll(() => certificate.remove());

const servers: MailServer[] = [];
const serve = async (options: Parameters<typeof startMailServer>[0] = certificate.options) => {
  const server = await startMailServer(options);
  servers.push(server);
  return server;
};
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

const message = (title = 'shop halted'): OutsideMessage => ({
  id: 'n-1',
  atMs: Date.parse('2026-01-05T10:00:00Z'),
  words: {
    code: 'halted',
    severity: 'critical',
    title,
    text: 'by stability 34. Only reverts pass.',
    project: 'shop',
    sinceMs: Date.parse('2026-01-05T09:59:00Z'),
  },
});
const channel = (port: number, over: Partial<EmailConfig> = {}, password = 'open sesame') =>
  createEmailChannel({
    secrets: memorySecrets({ 'smtp-password': password }),
    settings: () =>
      emailConfigSchema.parse({
        enabled: true,
        host: '127.0.0.1',
        port,
        from: 'orch@example.org',
        to: ['ann@example.org'],
        user: 'ann',
        caFile: certificate.certPath,
        ...over,
      }),
  });

describe('e-mail', () => {
  it('goes out once, behind STARTTLS, password and all', async () => {
    const server = await serve();
    expect(await channel(server.port).deliver(message())).toEqual({ kind: 'delivered' });
    expect(server.logins).toEqual([{ user: 'ann', password: 'open sesame', secure: true }]);
    expect(server.mails).toHaveLength(1);
    const [mail] = server.mails;
    expect(mail).toMatch(/^Subject: CRITICAL: shop halted\r$/m);
    expect(mail).toMatch(/^Message-ID: <n-1@example\.org>\r$/m);
    expect(mail).toMatch(/^To: ann@example\.org\r$/m);
    expect(mail).toContain('by stability 34. Only reverts pass.');
    expect(mail).not.toContain('open sesame');
  });

  it('goes out behind TLS at connect as well', async () => {
    const server = await serve({ ...certificate.options, secure: true });
    expect(await channel(server.port, { tls: 'at-connect' }).deliver(message())).toEqual({
      kind: 'delivered',
    });
    expect(server.mails).toHaveLength(1);
  });

  it('sends nothing to a server without STARTTLS', async () => {
    const server = await serve({
      ...certificate.options,
      hideSTARTTLS: true,
      disabledCommands: ['STARTTLS'],
    });
    expect(await channel(server.port).deliver(message())).toEqual({
      kind: 'stop',
      why: 'the mail server offers no TLS; nothing was sent to it',
    });
    expect(server.logins).toEqual([]);
    expect(server.mails).toEqual([]);
  });

  it('sends nothing to a server that cannot prove its name', async () => {
    const server = await serve();
    const delivery = await channel(server.port, { caFile: null }).deliver(message());
    expect(delivery).toMatchObject({ kind: 'later' });
    expect(server.logins).toEqual([]);
    expect(server.mails).toEqual([]);
  });

  it('stops on a wrong password, without telling it', async () => {
    const server = await serve();
    const delivery = await channel(server.port, {}, 'shut sesame').deliver(message());
    expect(delivery).toEqual({
      kind: 'stop',
      why: 'the mail server does not accept the account and its password',
    });
  });

  it('needs no account where the server asks for none', async () => {
    const server = await serve({ ...certificate.options, disabledCommands: ['AUTH'] });
    expect(await channel(server.port, { user: null }).deliver(message())).toEqual({ kind: 'delivered' });
    expect(server.logins).toEqual([]);
  });

  it.each([
    [451, { kind: 'later', why: 'the mail server cannot be reached: it answered 451' }],
    [550, { kind: 'stop', why: 'the mail server refused it for good: 550' }],
  ])('tells a %i apart', async (responseCode, expected) => {
    const server = await serve({
      ...certificate.options,
      onRcptTo: (_address, _session, done) => done(Object.assign(new Error('no'), { responseCode })),
    });
    expect(await channel(server.port).deliver(message())).toMatchObject(expected);
  });

  it('waits for a server that is not there', async () => {
    const free = createServer();
    await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve));
    const { port } = free.address() as AddressInfo;
    await new Promise((resolve) => free.close(resolve));
    expect(await channel(port).deliver(message())).toMatchObject({ kind: 'later' });
  });

  it('lets no title make a header of its own', async () => {
    const server = await serve();
    await channel(server.port).deliver(message('halted\r\nBcc: eve@evil.example\r\n\r\nhello'));
    const head = server.mails[0]?.split('\r\n\r\n')[0];
    expect(head).not.toMatch(/^Bcc:/m);
    expect(`${head}\r\n`).toMatch(/^Subject: CRITICAL: halted Bcc: eve@evil\.example hello\r$/m);
  });

  it('stops where something is not set', async () => {
    const empty = createEmailChannel({
      secrets: memorySecrets(),
      settings: () => emailConfigSchema.parse({}),
    });
    expect(await empty.deliver(message())).toEqual({ kind: 'stop', why: 'host, from and to must be set' });
    const noCa = await channel(1, { caFile: '/nowhere/ca.pem' }).deliver(message());
    expect(noCa).toMatchObject({ kind: 'stop', why: '/nowhere/ca.pem cannot be read (ENOENT)' });
  });
});
