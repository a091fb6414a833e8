import { createHash } from 'node:crypto';

import { z } from 'zod';

import type { GitHubConfig } from '../../../shared/contract/github-config.ts';
import type { Clock } from '../../clock.ts';
import { appJwt } from './app-jwt.ts';
import type { Answered, GitHubClient } from './client.ts';
import { failureOf, type GitHubFailure } from './failure.ts';

export type Credential =
  | { readonly kind: 'ok'; readonly authorization: string }
  | { readonly kind: 'failed'; readonly failure: GitHubFailure };

/** Who we are at GitHub: a person's token, or an App's of an hour. */
export interface Credentials {
  get(): Promise<Credential>;
  /** Changes when the token or the key does; tells nothing of it. */
  stamp(): Promise<string>;
  /** The last one was of no use. */
  forget(): void;
  /** The stamp of the last one that was of no use; null when none was. */
  refused(): string | null;
}

export interface CredentialParts {
  readonly clock: Clock;
  readonly client: GitHubClient;
  readonly github: () => Pick<GitHubConfig, 'app' | 'repository' | 'tokenFile'>;
  /** @throws with the reason, naming the file */
  readonly readFile: (path: string) => Promise<string>;
  /** The token of the state folder. @throws when it must not be used */
  readonly keptToken: () => string | null;
}

/** An App's token is renewed this long before it ends. */
const SPARE_MS = 5 * 60_000;
const installationSchema = z.object({ id: z.number().int() });
const tokenSchema = z.object({ token: z.string().min(1), expires_at: z.iso.datetime({ offset: true }) });

export function createCredentials({
  clock,
  client,
  github,
  readFile,
  keptToken,
}: CredentialParts): Credentials {
  let used: string | null = null;
  let refused: string | null = null;
  let minted: { readonly key: string; readonly authorization: string; readonly untilMs: number } | null =
    null;

  const ofPerson = async (tokenFile: string | null): Promise<Credential> => {
    const token = tokenFile === null ? keptToken() : await readFile(tokenFile);
    if (token === null) return failed('no token is set: see github.tokenFile');
    if (/\s/.test(token)) return failed(`${tokenFile ?? 'the token'} must hold one line, the token`);
    return { kind: 'ok', authorization: `token ${token}` };
  };

  const ofApp = async (app: NonNullable<GitHubConfig['app']>, repository: string): Promise<Credential> => {
    const key = JSON.stringify([app, repository]);
    if (minted?.key === key && minted.untilMs > clock.wallMs()) {
      return { kind: 'ok', authorization: minted.authorization };
    }
    const pem = await readFile(app.privateKeyFile);
    let jwt: string;
    try {
      jwt = `Bearer ${appJwt(app.appId, pem, clock.wallMs())}`;
    } catch {
      return failed(`${app.privateKeyFile} holds no private key`);
    }
    const [owner, repo] = repository.split('/');
    let { installationId } = app;
    if (installationId === null) {
      const found = await client.ask({
        route: 'GET /repos/{owner}/{repo}/installation',
        parameters: { owner, repo },
        authorization: jwt,
      });
      const read = valueOf(found, installationSchema);
      if ('failure' in read) return { kind: 'failed', failure: ofAppFailure(read.failure) };
      installationId = read.value.id;
    }
    const asked = await client.ask({
      route: 'POST /app/installations/{installation_id}/access_tokens',
      parameters: { installation_id: installationId, repositories: [repo] },
      authorization: jwt,
    });
    const read = valueOf(asked, tokenSchema);
    if ('failure' in read) return { kind: 'failed', failure: ofAppFailure(read.failure) };
    const { token, expires_at: endsAt } = read.value;
    minted = { key, authorization: `token ${token}`, untilMs: Date.parse(endsAt) - SPARE_MS };
    return { kind: 'ok', authorization: minted.authorization };
  };

  const stamp = async (): Promise<string> => {
    const { app, tokenFile } = github();
    const path = app === null ? tokenFile : app.privateKeyFile;
    try {
      const text = path === null ? keptToken() : await readFile(path);
      return createHash('sha256')
        .update(text ?? '')
        .digest('hex');
    } catch (error) {
      return (error as Error).message;
    }
  };
  const made = async (): Promise<Credential> => {
    const { app, repository, tokenFile } = github();
    try {
      return await (app === null ? ofPerson(tokenFile) : ofApp(app, repository));
    } catch (error) {
      return failed((error as Error).message);
    }
  };

  return {
    stamp,
    refused: () => refused,
    forget() {
      minted = null;
      refused = used;
    },
    async get() {
      used = await stamp();
      const credential = await made();
      if (credential.kind === 'failed' && credential.failure.kind === 'credential') refused = used;
      return credential;
    },
  };
}

function valueOf<T>(
  answer: Answered,
  schema: z.ZodType<T>,
): { readonly value: T } | { readonly failure: GitHubFailure } {
  if (answer.kind === 'failed') return { failure: answer.failure };
  const read = schema.safeParse(answer.kind === 'ok' ? answer.data : null);
  return read.success
    ? { value: read.data }
    : { failure: failureOf('odd', 'something else than GitHub answered: see github.apiUrl') };
}

function ofAppFailure(failure: GitHubFailure): GitHubFailure {
  if (failure.kind === 'credential') {
    return { ...failure, why: "GitHub refused the App (401): see github.app and this machine's clock" };
  }
  if (failure.kind === 'not-found') {
    return {
      ...failure,
      kind: 'credential',
      why: 'the App is not installed at the repository (404): see github.app',
    };
  }
  return failure;
}

function failed(why: string): Credential {
  return { kind: 'failed', failure: failureOf('credential', why) };
}
