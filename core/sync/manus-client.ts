import type { ManusConfig } from '../../shared/contract/sync-config.ts';
import { MANUS_TASK_PATTERN } from '../../shared/contract/vocabulary.ts';
import type { Clock } from '../clock.ts';
import { answerFailure, fetchFailure, keyFailure, type ManusFailure } from './manus-failure.ts';

/** A task as Manus tells it. */
export interface ManusTask {
  readonly id: string;
  readonly title: string;
  readonly status: string;
  readonly url: string | null;
  readonly updatedAtMs: number | null;
  /** False once nothing works on it in the background; null where it is not told. */
  readonly isBusy: boolean | null;
}

export interface NewTask {
  readonly title: string;
  readonly text: string;
}

export type ManusAnswer<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: ManusFailure };

/** Manus v2, as far as it is used (5-integrations, 1.2 and 1.3). Every call is one request, never repeated here. */
export interface ManusClient {
  /** Starts a paid agent run. */
  createTask(task: NewTask): Promise<ManusAnswer<{ readonly id: string; readonly url: string | null }>>;
  updateTitle(taskId: string, title: string): Promise<ManusAnswer<null>>;
  /** Newest first, 100 at most. */
  listTasks(
    cursor: string | null,
  ): Promise<ManusAnswer<{ readonly tasks: readonly ManusTask[]; readonly nextCursor: string | null }>>;
  task(taskId: string): Promise<ManusAnswer<ManusTask>>;
  /** PEM. */
  webhookKey(): Promise<ManusAnswer<string>>;
  /** This machine's clock minus that of Manus as its last answer told it; null while not known. */
  clockAheadMs(): number | null;
}

export interface ManusClientParts {
  readonly clock: Clock;
  readonly settings: () => ManusConfig;
  /**
   * The API key, read anew for each request; null when there is none.
   *
   * @throws Error in words without the key when it must not be used
   */
  readonly readKey: () => Promise<string | null>;
  readonly fetch: typeof fetch;
}

/** Longer than this, and the answer is lost. */
export const MANUS_LIMIT_MS = 15_000;
const MOST_BODY_BYTES = 1024 * 1024;

type Fields = Readonly<Record<string, unknown>>;

export function createManusClient({ clock, settings, readKey, fetch }: ManusClientParts): ManusClient {
  let aheadMs: number | null = null;

  const ask = async (
    path: string,
    method: 'GET' | 'POST',
    body: object | null,
  ): Promise<ManusAnswer<Fields>> => {
    let key: string | null;
    try {
      key = await readKey();
    } catch (error) {
      return { ok: false, failure: keyFailure((error as Error).message) };
    }
    if (key === null) return { ok: false, failure: keyFailure('there is no API key') };
    if (!/^[\x21-\x7e]{1,512}$/.test(key))
      return { ok: false, failure: keyFailure('the API key is not one line of plain characters') };
    const abort = new AbortController();
    const cancel = clock.after(MANUS_LIMIT_MS, () => abort.abort());
    try {
      const base = settings().baseUrl.replace(/\/+$/, '');
      const response = await fetch(`${base}${path}`, {
        method,
        headers: {
          'x-manus-api-key': key,
          accept: 'application/json',
          ...(body === null ? {} : { 'content-type': 'application/json' }),
        },
        body: body === null ? null : JSON.stringify(body),
        // A key must not follow to where somebody else points.
        redirect: 'manual',
        signal: abort.signal,
      });
      const toldAtMs = Date.parse(response.headers.get('date') ?? '');
      aheadMs = Number.isNaN(toldAtMs) ? aheadMs : clock.wallMs() - toldAtMs;
      const fields = fieldsOf(await smallText(response));
      const failure = answerFailure(response.status, response.headers.get('retry-after'), fields);
      return failure === null ? { ok: true, value: fields ?? {} } : { ok: false, failure };
    } catch (error) {
      const limitSeconds = abort.signal.aborted ? MANUS_LIMIT_MS / 1000 : null;
      return { ok: false, failure: fetchFailure(error, limitSeconds) };
    } finally {
      cancel();
    }
  };
  const read = async <T>(
    asked: Promise<ManusAnswer<Fields>>,
    valueOf: (fields: Fields) => T | null,
  ): Promise<ManusAnswer<T>> => {
    const answer = await asked;
    if (!answer.ok) return answer;
    const value = valueOf(answer.value);
    return value === null ? { ok: false, failure: oddAnswer } : { ok: true, value };
  };

  return {
    createTask({ title, text }) {
      const { manusProject, agentProfile } = settings();
      const body = {
        // Without the list, the connectors of the account would be used.
        message: { content: text, connectors: [] },
        title,
        share_visibility: 'private',
        interactive_mode: false,
        ...(manusProject === null ? {} : { project_id: manusProject }),
        ...(agentProfile === null ? {} : { agent_profile: agentProfile }),
      };
      return read(ask('/v2/task.create', 'POST', body), ({ task_id: id, task_url: url }) =>
        isTaskId(id) ? { id, url: linkOf(url) } : null,
      );
    },
    updateTitle: async (taskId, title) => {
      const answer = await ask('/v2/task.update', 'POST', { task_id: taskId, title });
      return answer.ok ? { ok: true, value: null } : answer;
    },
    listTasks: (cursor) => {
      const from = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      return read(ask(`/v2/task.list?limit=100&order=desc${from}`, 'GET', null), (fields) => {
        const { data, has_more: hasMore, next_cursor: next } = fields;
        if (!Array.isArray(data)) return null;
        const tasks = data.map(taskOf).filter((task) => task !== null);
        return { tasks, nextCursor: hasMore === true && typeof next === 'string' ? next : null };
      });
    },
    task: (taskId) =>
      read(ask(`/v2/task.detail?task_id=${encodeURIComponent(taskId)}`, 'GET', null), ({ task }) =>
        taskOf(task),
      ),
    webhookKey: () =>
      read(ask('/v2/webhook.publicKey', 'GET', null), ({ public_key: key }) =>
        typeof key === 'string' && key.length < 10_000 ? key : null,
      ),
    clockAheadMs: () => aheadMs,
  };
}

const oddAnswer: ManusFailure = {
  kind: 'odd',
  why: 'Manus answered in a form that is not known',
  afterMs: null,
  mayHaveArrived: true,
};

function isTaskId(value: unknown): value is string {
  return typeof value === 'string' && MANUS_TASK_PATTERN.test(value);
}

/** Shown as a link only where it leads to where tasks are. */
function linkOf(value: unknown): string | null {
  return typeof value === 'string' && /^https:\/\/manus\.im\/[\w/.-]{1,200}$/.test(value) ? value : null;
}

function taskOf(value: unknown): ManusTask | null {
  const {
    id,
    title,
    status,
    task_url: url,
    updated_at: updatedAt,
    has_running_background_jobs: busy,
  } = (value ?? {}) as Fields;
  if (!isTaskId(id)) return null;
  const seconds = Number(updatedAt ?? NaN);
  return {
    id,
    title: typeof title === 'string' ? title.slice(0, 500) : '',
    status: typeof status === 'string' ? status.slice(0, 40) : 'unknown',
    url: linkOf(url),
    updatedAtMs: Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : null,
    isBusy: typeof busy === 'boolean' ? busy : null,
  };
}

function fieldsOf(text: string): Fields | null {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
  } catch {
    return null;
  }
}

/** At most a megabyte; of a longer answer nothing. */
async function smallText(response: Response): Promise<string> {
  if (response.body === null) return '';
  const reader = response.body.getReader() as ReadableStreamDefaultReader<Uint8Array>;
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks).toString('utf8');
    chunks.push(value);
    sizeBytes += value.byteLength;
    if (sizeBytes <= MOST_BODY_BYTES) continue;
    await reader.cancel();
    return '';
  }
}
