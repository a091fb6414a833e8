import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** A certificate of its own for localhost and 127.0.0.1, made for this run. */
export interface OwnCertificate {
  readonly certPath: string;
  readonly options: { readonly key: string; readonly cert: string };
  remove(): void;
}

export function makeCertificate(): OwnCertificate {
  const dir = mkdtempSync(join(tmpdir(), 'orch-mail-'));
  const [keyPath, certPath] = [join(dir, 'key.pem'), join(dir, 'cert.pem')];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  const files = ['-keyout', keyPath, '-out', certPath];
  execFileSync('openssl', ['req', '-x509', ...kind, ...names, ...files], { stdio: 'ignore' });
  return {
    certPath,
    options: { key: readFileSync(keyPath, 'utf8'), cert: readFileSync(certPath, 'utf8') },
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}

export interface MailServer {
  readonly port: number;
  /** Whole messages, as they came. */
  readonly mails: string[];
  /** Accounts and passwords that were offered, and whether TLS hid them. */
  readonly logins: { readonly user: string; readonly password: string; readonly secure: boolean }[];
  close(): Promise<void>;
}

/** A real SMTP server on loopback that takes ann's mail with the password "open sesame". */
export async function startMailServer(given: SMTPServerOptions): Promise<MailServer> {
  const mails: string[] = [];
  const logins: MailServer['logins'] = [];
  const server = new SMTPServer({
    logger: false,
    authOptional: true,
    onAuth({ username, password }, session, done) {
      logins.push({ user: username ?? '', password: password ?? '', secure: session.secure });
      if (username === 'ann' && password === 'open sesame') done(null, { user: username });
      else done(new Error('no such account'));
    },
    onData(stream, _session, done) {
      let mail = '';
      stream.on('data', (chunk: Buffer) => (mail += chunk.toString('utf8')));
      stream.on('end', () => {
        mails.push(mail);
        done();
      });
    },
    ...given,
  });
  // A client that breaks off a handshake is an answer too.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.server.address() as AddressInfo).port,
    mails,
    logins,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
