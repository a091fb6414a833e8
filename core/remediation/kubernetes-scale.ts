import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';

import { z } from 'zod';

import type { Clock } from '../clock.ts';
import { plainText } from '../projects/plain-text.ts';
import type { KubernetesAccess } from './kubernetes-access.ts';

export interface Deployment {
  readonly namespace: string;
  readonly deployment: string;
}

export interface ScaleDone {
  /** What the cluster had before. */
  readonly before: number;
  readonly now: number;
}

/** What the cluster answered where it did not do as asked; one line for a person, without a credential. */
export class KubernetesRefusal extends Error {
  readonly status: number | null;
  constructor(text: string, status: number | null) {
    super(text);
    this.status = status;
  }
}

const scaleSchema = z.looseObject({
  metadata: z.looseObject({ resourceVersion: z.string().max(200) }),
  // A deployment of nobody is told without the number.
  spec: z.looseObject({ replicas: z.number().int().min(0).default(0) }).prefault({}),
});

const LIMIT_MS = 10_000;
const LIMIT_BYTES = 256 * 1024;

/**
 * Sets the replicas of a deployment through its scale subresource: reads it, and writes only what differs, against the
 * version it read. Where somebody else wrote in between it reads and writes once more. `wanted` is asked with what the
 * cluster has, last thing before it is written; null leaves all as it is. Rejects with a KubernetesRefusal.
 */
export async function setScale(
  clock: Clock,
  access: KubernetesAccess,
  { namespace, deployment }: Deployment,
  wanted: (current: number) => number | null,
  signal?: AbortSignal,
): Promise<ScaleDone> {
  const path = `/apis/apps/v1/namespaces/${encodeURIComponent(namespace)}/deployments/${encodeURIComponent(deployment)}/scale`;
  const name = `${namespace}/${deployment}`;
  const ask = (method: 'GET' | 'PUT', body?: object): Promise<Answer> =>
    exchange(clock, access, { method, path, ...(body && { body }) }, signal);
  for (let tries = 1; ; tries += 1) {
    const read = await ask('GET');
    if (read.status !== 200) throw refusal(read, name);
    const scale = scaleOf(read.text, name);
    const before = scale.spec.replicas;
    const replicas = wanted(before);
    if (replicas === null || replicas === before) return { before, now: before };
    const written = await ask('PUT', {
      apiVersion: 'autoscaling/v1',
      kind: 'Scale',
      metadata: { name: deployment, namespace, resourceVersion: scale.metadata.resourceVersion },
      spec: { replicas },
    });
    if (written.status === 200 || written.status === 201) return { before, now: replicas };
    if (written.status !== 409 || tries === 2) throw refusal(written, name);
  }
}

function scaleOf(text: string, name: string): z.infer<typeof scaleSchema> {
  try {
    return scaleSchema.parse(JSON.parse(text));
  } catch {
    throw new KubernetesRefusal(`the cluster's answer about ${name} is no Scale`, 200);
  }
}

function refusal({ status, text }: Answer, name: string): KubernetesRefusal {
  return new KubernetesRefusal(refusalText(status, text, name), status);
}

function refusalText(status: number, text: string, name: string): string {
  switch (status) {
    case 401:
      return 'the cluster does not accept the credentials (401)';
    case 403:
      return `the credentials may not scale ${name} (403); they need get and update on deployments/scale`;
    case 404:
      return `there is no deployment ${name} (404)`;
    case 409:
      return `somebody else changed ${name} twice in a row (409)`;
    default:
      return `the cluster answered ${status} about ${name}${messageOf(text)}`;
  }
}

function messageOf(text: string): string {
  try {
    const { message } = JSON.parse(text) as { message?: unknown };
    return typeof message === 'string' ? `: ${plainText(message, 200)}` : '';
  } catch {
    return '';
  }
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

async function exchange(
  clock: Clock,
  { server, options }: KubernetesAccess,
  ask: { readonly method: 'GET' | 'PUT'; readonly path: string; readonly body?: object },
  signal?: AbortSignal,
): Promise<Answer> {
  const body = ask.body === undefined ? null : JSON.stringify(ask.body);
  const late = new AbortController();
  const cancel = clock.after(LIMIT_MS, () => late.abort());
  try {
    return await new Promise<Answer>((resolve, reject) => {
      const send = server.startsWith('https:') ? httpsRequest : httpRequest;
      const request = send(
        `${server}${ask.path}`,
        {
          ...options,
          method: ask.method,
          headers: {
            ...(options.headers as Record<string, string> | undefined),
            accept: 'application/json',
            ...(body !== null && {
              'content-type': 'application/json',
              'content-length': Buffer.byteLength(body),
            }),
          },
          signal: signal === undefined ? late.signal : AbortSignal.any([signal, late.signal]),
        },
        (response) => {
          const parts: Buffer[] = [];
          let bytes = 0;
          response.on('data', (part: Buffer) => {
            bytes += part.length;
            if (bytes > LIMIT_BYTES) request.destroy(new Error('its answer is too long'));
            else parts.push(part);
          });
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString('utf8') }),
          );
          response.on('error', reject);
        },
      );
      request.on('error', reject);
      request.end(body ?? undefined);
    });
  } catch (error) {
    throw new KubernetesRefusal(
      failureText(error as NodeJS.ErrnoException, server, late.signal.aborted),
      null,
    );
  } finally {
    cancel();
  }
}

function failureText({ code, message }: NodeJS.ErrnoException, server: string, isLate: boolean): string {
  const { host } = new URL(server);
  if (isLate) return `the cluster at ${host} did not answer within ${LIMIT_MS / 1000} s`;
  if (/CERT|TLS|SIGNATURE|SSL/.test(code ?? '')) return `the certificate of ${host} is not trusted (${code})`;
  return `the cluster at ${host} cannot be reached: ${code ?? plainText(message, 100)}`;
}
