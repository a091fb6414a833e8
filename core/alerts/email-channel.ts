import { readFile } from 'node:fs/promises';

import type { EmailConfig } from '../../shared/contract/alerts-config.ts';
import { SecretProblem, type Secrets } from '../secrets.ts';
import { emailBody, emailSubject } from './email-text.ts';
import type { Delivery, OutsideChannel, OutsideMessage } from './outside-channel.ts';

export interface EmailParts {
  readonly secrets: Pick<Secrets, 'read'>;
  readonly settings: () => EmailConfig;
}

const CONNECT_MS = 10_000;
const ANSWER_MS = 20_000;

/** What nodemailer's errors carry. */
interface MailError {
  readonly code?: string;
  readonly responseCode?: number;
}

/**
 * E-mail through the person's own server. TLS is required before anything is said, the password included, and the
 * server must prove its name. The library is loaded when the first mail is sent.
 */
export function createEmailChannel({ secrets, settings }: EmailParts): OutsideChannel {
  return {
    async deliver(message) {
      try {
        return await send(message, settings(), secrets);
      } catch (error) {
        if (error instanceof SecretProblem) return { kind: 'stop', why: error.message };
        return failure(error as MailError);
      }
    },
  };
}

async function send(
  { id, atMs, words }: OutsideMessage,
  { host, port, tls, user, from, to, caFile }: EmailConfig,
  secrets: Pick<Secrets, 'read'>,
): Promise<Delivery> {
  if (host === null || from === null || to.length === 0) {
    return { kind: 'stop', why: 'host, from and to must be set' };
  }
  const password = user === null ? null : secrets.read('smtp-password');
  if (user !== null && password === null) return { kind: 'stop', why: 'the password is not set' };
  const ca = caFile === null ? null : await authority(caFile);
  const { createTransport } = await import('nodemailer');
  const transport = createTransport({
    host,
    port,
    secure: tls === 'at-connect',
    requireTLS: true,
    tls: { minVersion: 'TLSv1.2', rejectUnauthorized: true, ...(ca === null ? {} : { ca }) },
    ...(user === null || password === null ? {} : { auth: { user, pass: password } }),
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: ANSWER_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    await transport.sendMail({
      from: { name: 'Meta-Orchestrator', address: from },
      to: [...to],
      subject: emailSubject(words),
      text: emailBody(words),
      date: new Date(atMs),
      // The same notice has the same id: a mail sent twice is one to most readers.
      messageId: `<${id}@${from.split('@')[1] ?? 'localhost'}>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
    return { kind: 'delivered' };
  } finally {
    transport.close();
  }
}

async function authority(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new SecretProblem(`${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? ''})`);
  }
}

/** A message of the library may hold an address or a name; its codes do not. */
function failure({ code = 'unknown', responseCode }: MailError): Delivery {
  if (code === 'ETLS') {
    return { kind: 'stop', why: 'the mail server offers no TLS; nothing was sent to it' };
  }
  if (code === 'EAUTH' && (responseCode === undefined || responseCode >= 500)) {
    return { kind: 'stop', why: 'the mail server does not accept the account and its password' };
  }
  if (responseCode !== undefined && responseCode >= 500) {
    return { kind: 'stop', why: `the mail server refused it for good: ${responseCode}` };
  }
  const why = responseCode === undefined ? code : `it answered ${responseCode}`;
  return { kind: 'later', why: `the mail server cannot be reached: ${why}`, afterMs: null };
}
