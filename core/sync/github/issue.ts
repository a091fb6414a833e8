import { z } from 'zod';

/** A new issue. */
export interface IssueEvent {
  readonly kind: 'issue';
  readonly repository: string;
  readonly number: number;
  readonly title: string;
  readonly url: string;
  /** Opened by somebody of the house: on a public repository anybody may open one, and each may cost money here. */
  readonly isOurs: boolean;
}

/** As in the event, and as in the list of issues, which holds pull requests too. */
export const issueSchema = z.object({
  number: z.number().int(),
  title: z.string(),
  html_url: z.string(),
  author_association: z.string().default('NONE'),
  pull_request: z.unknown().optional(),
});

const OURS: readonly string[] = ['OWNER', 'MEMBER', 'COLLABORATOR'];
const LONGEST_TITLE = 200;

/** Null for a pull request. */
export function issueOf(
  issue: z.infer<typeof issueSchema>,
  repository: string,
  isPrivate: boolean,
): IssueEvent | null {
  if (issue.pull_request !== undefined && issue.pull_request !== null) return null;
  const { number, title, html_url: url, author_association: author } = issue;
  return {
    kind: 'issue',
    repository,
    number,
    title: title.slice(0, LONGEST_TITLE),
    url: /^https?:\/\/\S{1,300}$/.test(url) ? url : '',
    isOurs: isPrivate || OURS.includes(author),
  };
}

const payloadSchema = z.object({
  action: z.string(),
  issue: issueSchema,
  repository: z.object({ full_name: z.string().max(200), private: z.boolean().default(false) }),
});

/** Of the webhook `issues`: one that was opened, null for all else. @throws ZodError when it has not its shape */
export function openedIssue(payload: unknown): IssueEvent | null {
  const { action, issue, repository } = payloadSchema.parse(payload);
  return action === 'opened' ? issueOf(issue, repository.full_name, repository.private) : null;
}
