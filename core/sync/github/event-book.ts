import type { Deployment } from '../../../shared/contract/record.ts';
import { MANUS_TASK_PATTERN, type ChangeType } from '../../../shared/contract/vocabulary.ts';
import { classifyChange } from '../../../shared/policy/classify-change.ts';
import { isoNow, type Clock } from '../../clock.ts';
import type { RecordStore } from '../../history/record.ts';
import { isDeployBranch } from '../../hooks/deploy-branch.ts';
import type { CommitReader } from '../../projects/commit-message.ts';
import type { CommitTasks } from '../commit-tasks.ts';
import type {
  DeploymentStatusEvent,
  GitHubEvent,
  ProtectionRuleEvent,
  PullRequestEvent,
  PushEvent,
} from './event.ts';
import type { HeadStore } from './heads.ts';
import type { IssueEvent } from './issue.ts';
import { repositoryNamed, type Repository } from './repositories.ts';

export interface EventBookParts {
  readonly clock: Clock;
  readonly record: Pick<RecordStore, 'audit' | 'deployment' | 'keepDeployment'>;
  readonly heads: HeadStore;
  readonly links: Pick<CommitTasks, 'noteCommit' | 'noteIssue'>;
  readonly reader: CommitReader;
  readonly repositories: () => readonly Repository[];
  /** A deployment waits for this App. */
  readonly onProtectionRule: (repository: Repository, event: ProtectionRuleEvent) => boolean;
  /** Our own check run is asked for again. */
  readonly onAskedAgain: (repository: Repository, sha: string) => void;
  /** The record says something new: judge again. Called within the transaction. */
  readonly onChange: () => void;
}

/** Enters what GitHub tells, by webhook or when asked, into the record. The same twice changes nothing. */
export interface EventBook {
  /** Synchronous, in the caller's transaction. False when the event is of no use here. */
  take(event: GitHubEvent): boolean;
}

/** The name under which verdicts stand at GitHub, as commit status and as check run. */
export const GATE_CONTEXT = 'orchestrator/deploy-gate';
const ACTOR = 'github';
const ASKS_FOR_TASK = /^Manus-Task:[ \t]*new\b.*$/gim;

export function createEventBook(parts: EventBookParts): EventBook {
  const { clock, record, heads, links } = parts;

  const link = (repository: Repository, sha: string, told: string, branch: string | null): void => {
    // A new task is asked for where the commit was made; whoever may push could ask for paid ones here.
    const message = told.replace(ASKS_FOR_TASK, '');
    for (const { id } of repository.projects) {
      links.noteCommit({ project: id, sha, message, branch, source: 'github' });
    }
  };

  const push = (repository: Repository, event: PushEvent): boolean => {
    for (const { sha, message } of event.commits) link(repository, sha, message, event.branch);
    const isDeployed = repository.projects.some(({ deployBranches }) =>
      isDeployBranch(event.branch, deployBranches),
    );
    if (!isDeployed) return event.commits.length > 0;
    const key = `branch ${event.branch}`;
    if (event.headSha === null) {
      heads.drop(repository.name, key);
      return true;
    }
    const title = event.commits.at(-1)?.message.split('\n')[0] ?? '';
    const changes = changesOf(event, parts.reader);
    heads.keep(repository.name, {
      key,
      sha: event.headSha,
      title,
      changes,
      seenAtMs: clock.wallMs(),
      pull: null,
    });
    return true;
  };

  const pullRequest = (repository: Repository, event: PullRequestEvent): boolean => {
    const key = `pull ${event.number}`;
    const known = heads.of(repository.name).find((head) => head.key === key);
    if (known !== undefined && (known.pull?.updatedAtMs ?? 0) > event.updatedAtMs) return false;
    link(repository, event.headSha, event.body, event.headBranch);
    if (!event.isOpen) {
      heads.drop(repository.name, key);
      return true;
    }
    const isSame = known?.sha === event.headSha && known.title === event.title;
    const { number, nodeId, isDraft, isFork, baseBranch, updatedAtMs } = event;
    heads.keep(repository.name, {
      key,
      sha: event.headSha,
      title: event.title,
      changes: isSame ? known.changes : null,
      seenAtMs: clock.wallMs(),
      pull: { number, nodeId, isDraft, isFork, baseBranch, labels: [...event.labels], updatedAtMs },
    });
    return true;
  };

  const deployment = (repository: Repository, event: DeploymentStatusEvent): boolean => {
    if (event.isInactive) return false;
    let isUsed = false;
    for (const { id: project, github } of repository.projects) {
      const environments = github?.environments ?? null;
      const isWanted = environments === null ? !event.isTransient : environments.includes(event.environment);
      if (isWanted && enter(project, event)) isUsed = true;
    }
    if (isUsed) parts.onChange();
    return isUsed;
  };

  /** One task, however many projects are in the repository. Only where a person switched that on. */
  const issue = (
    { projects }: Repository,
    { repository: name, number, title, url, isOurs }: IssueEvent,
  ): boolean => {
    const [first] = projects;
    if (!isOurs || first === undefined) return false;
    return links.noteIssue({ project: first.id, key: `github ${name.toLowerCase()}#${number}`, title, url });
  };

  /** The first result stands, as it does for every deployment. */
  const enter = (project: string, event: DeploymentStatusEvent): boolean => {
    const id = `github-${event.deploymentId}-${project}`;
    const known = record.deployment(id);
    if (known !== null && (known.finishedAt !== null || event.result === null)) return false;
    const startedAtMs = Math.min(event.startedAtMs, clock.wallMs());
    const finishedAtMs = Math.min(Math.max(event.statusAtMs, startedAtMs), clock.wallMs());
    const entry: Deployment = {
      id,
      project,
      commit: event.sha,
      startedAt: known?.startedAt ?? isoText(startedAtMs),
      finishedAt: event.result === null ? null : isoText(finishedAtMs),
      result: event.result,
      energyWh: null,
      energyProvenance: 'unknown',
    };
    record.keepDeployment(entry);
    record.audit({
      at: isoNow(clock),
      actor: ACTOR,
      act: event.result === null ? 'deploy-start' : 'deploy-finish',
      project,
      cause: event.result ?? `commit ${event.sha}`,
      detail: { id, commit: event.sha, environment: event.environment, repository: repository(event) },
    });
    return true;
  };
  const repository = (event: GitHubEvent): string => event.repository;

  return {
    take(event) {
      const found = repositoryNamed(parts.repositories(), event.repository);
      if (found === null) return false;
      switch (event.kind) {
        case 'push':
          return push(found, event);
        case 'pull-request':
          return pullRequest(found, event);
        case 'deployment-status':
          return deployment(found, event);
        case 'check-run': {
          // An external id that is a task's names it; the branch may too.
          const isTask = MANUS_TASK_PATTERN.test(event.externalId);
          link(found, event.sha, isTask ? `Check\n\nManus-Task: ${event.externalId}` : '', event.branch);
          const isOurs = event.name === GATE_CONTEXT;
          if (isOurs && event.action === 'rerequested') parts.onAskedAgain(found, event.sha);
          return true;
        }
        case 'issue':
          return issue(found, event);
        case 'protection-rule':
          return parts.onProtectionRule(found, event);
      }
    },
  };
}

/** Of a push: every commit by its own title and files. Null where they have to be asked for. */
function changesOf(event: PushEvent, reader: CommitReader): ChangeType[] | null {
  const isKnown = event.commits.length > 0 && event.isComplete;
  if (!isKnown || event.commits.some(({ paths }) => paths === null)) return null;
  return [
    ...new Set(event.commits.map(({ message, paths }) => classifyChange(reader.read(message), paths).type)),
  ];
}

function isoText(ms: number): string {
  return new Date(ms).toISOString();
}
