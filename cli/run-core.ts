import type { Job, JobKeeperEvent, JobRequest } from '../shared/contract/job.ts';
import { JOB_STATES } from '../shared/contract/vocabulary.ts';
import type { Places } from '../core/places.ts';
import { askCore, errorText } from './core-client.ts';

export type RunAnswer =
  | { readonly kind: 'job'; readonly job: Job; readonly isNiced: boolean }
  | { readonly kind: 'away'; readonly why: string }
  /** It is there and does not answer for the job: ask again. `why` as in "the core <why>". */
  | { readonly kind: 'busy'; readonly why: string }
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
    if (reply.status === 429) return { kind: 'busy', why: 'is asked too often (429)' };
    if (reply.status >= 500) return { kind: 'busy', why: `answers with an error (${reply.status})` };
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
  const odd: RunAnswer = { kind: 'busy', why: 'answers with something that is no job' };
  try {
    const value = JSON.parse(body) as { job?: Partial<Job>; isNiced?: unknown } | Partial<Job>;
    const [job, isNiced] =
      'job' in value ? [value.job, value.isNiced === true] : [value as Partial<Job>, false];
    const isJob = typeof job.id === 'string' && JOB_STATES.some((state) => state === job.state);
    return isJob ? { kind: 'job', job: job as Job, isNiced } : odd;
  } catch {
    return odd;
  }
}
