import type { z } from 'zod';

/** Why a body that was kept can never be sent: another version wrote it, or the disk changed it. Null when it can. */
export function unreadableBody(schema: z.ZodType, body: unknown): string | null {
  const issue = schema.safeParse(body).error?.issues[0];
  if (issue === undefined) return null;
  const where = ['body', ...issue.path].map(String).join('.');
  return `what was kept of it cannot be read (${where}: ${issue.message})`.slice(0, 200);
}
