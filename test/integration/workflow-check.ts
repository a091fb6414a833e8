import { spawnSync } from 'node:child_process';

import { parse } from 'yaml';

export interface Step {
  readonly name?: string;
  readonly id?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, unknown>>;
}
export interface Job {
  readonly needs?: string | readonly string[];
  readonly if?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly 'timeout-minutes'?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}
export interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

export function readWorkflow(text: string): Workflow {
  return parse(text, { strict: true, uniqueKeys: true }) as Workflow;
}

/** Everything about a workflow that would be dangerous or would not run. */
export function workflowComplaints(text: string): string[] {
  const workflow = readWorkflow(text);
  const complaints: string[] = [];
  if ('pull_request_target' in workflow.on) complaints.push('runs with the rights of the base branch');
  if (JSON.stringify(workflow.permissions) !== '{}') complaints.push('permissions are not empty at the top');
  if (/\bsecrets\s*[.[]/.test(text)) complaints.push('uses a secret');
  for (const [name, job] of Object.entries(workflow.jobs)) {
    const say = (what: string): number => complaints.push(`${name}: ${what}`);
    if (job.permissions === undefined) say('states no permissions');
    if (job['timeout-minutes'] === undefined) say('has no time limit');
    const writes = Object.values(job.permissions ?? {}).includes('write');
    if (writes && !(job.if ?? '').includes('head.repo.full_name == github.repository'))
      say('may write for a fork');
    for (const need of [job.needs ?? []].flat())
      if (!Object.hasOwn(workflow.jobs, need)) say(`needs ${need}`);
    for (const step of job.steps) {
      if (step.uses !== undefined && !/^[\w-]+\/[\w./-]+@[0-9a-f]{40}$/.test(step.uses))
        say(`${step.uses} is not pinned`);
      if (writes && step.uses?.startsWith('actions/checkout') === true) say('checks out and may write');
      if (step.uses?.startsWith('actions/checkout') === true && step.with?.['persist-credentials'] !== false)
        say('leaves its token in the work tree');
      if (step.run === undefined) continue;
      if (step.run.includes('${{')) say("a script holds an expression, which may be anybody's text");
      const shell = step.shell ?? 'sh';
      const parsed = spawnSync(shell, ['-n'], { input: step.run, encoding: 'utf8' });
      if (parsed.status !== 0) say(`a script is no good ${shell}: ${parsed.stderr}`);
    }
  }
  return complaints;
}
