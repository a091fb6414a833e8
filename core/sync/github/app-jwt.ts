import { createPrivateKey, sign } from 'node:crypto';

/** GitHub takes at most 10 minutes, and a beginning a minute ago for clocks that differ. */
const BACKDATED_S = 60;
const LASTS_S = 9 * 60;

/**
 * The word by which a GitHub App says who it is: a JWT of 9 minutes, RS256.
 *
 * @throws when the key is no private key
 */
export function appJwt(appId: number, privateKeyPem: string, nowMs: number): string {
  const nowS = Math.floor(nowMs / 1000);
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { iat: nowS - BACKDATED_S, exp: nowS + LASTS_S, iss: String(appId) };
  const signed = `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}`;
  return `${signed}.${sign('sha256', Buffer.from(signed), createPrivateKey(privateKeyPem)).toString('base64url')}`;
}
