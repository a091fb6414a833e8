import type { Job, JobKeeperEvent, JobRequest } from '../shared/contract/job.ts';
import type { Places } from '../core/places.ts';
import { askCore, errorText } from './core-client.ts';

export type RunAnswer =
  | { readonly kind: 'job'; readonly job: Job; readonly isNiced: boolean }
  | { readonly kind: 'away'; readonly why: string }
  /** It is there and has no time: ask again. */
  | { readonly kind: 'busy' }
  | { readonly kind: 'unknown-job' }
  | { readonly kind: 'refused'; readonly text: string; readonly isUsage: boolean };

/** What `orch run` asks and tells the core about its one job. Never throws. */
export interface RunCore {
  add(request: Partial<JobRequest>): Promise<RunAnswer>;
  state(): Promise<RunAnswer>;
  tell(event: JobKeeperEvent): Promise<RunAnswer>;
  cancel(): Promise<RunAnswer>;
}

export function createRunCore(places: Places, id: string): RunCore {
  const ask = async (method: 'GET' | 'POST', path: string, body?: unknown): Promise<RunAnswer> => {
    const reply = await askCore(places, method, path, body);
    if (!reply.reached) return { kind: 'away', why: reply.why };
    if (reply.status === 200) return answerOf(reply.body);
    if (reply.status === 429 || reply.status >= 500) return { kind: 'busy' };
    if (reply.status === 404 && path !== '/v1/jobs') return { kind: 'unknown-job' };
    const isUsage = reply.status === 404 || reply.status === 422;
    return { kind: 'refused', text: errorText(reply.body), isUsage };
  };
  return {
    add: (request) => ask('POST', '/v1/jobs', { ...request, id }),
    state: () => ask('GET', `/v1/jobs/${id}`),
    tell: (event) => ask('POST', `/v1/jobs/${id}/keeper`, event),
    cancel: () => ask('POST', `/v1/jobs/${id}/cancel`, {}),
  };
}

function answerOf(body: string): RunAnswer {
  const value = JSON.parse(body) as Job | { job: Job; isNiced: boolean };
  return 'job' in value
    ? { kind: 'job', job: value.job, isNiced: value.isNiced }
    : { kind: 'job', job: value, isNiced: false };
}
