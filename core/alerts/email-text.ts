import type { NoticeWords } from '../../shared/alerts/notice-words.ts';

const MAX_SUBJECT = 120;

/** One line; whatever could begin another header is gone. */
export function emailSubject({ severity, title }: NoticeWords): string {
  const mark = severity === 'critical' ? 'CRITICAL: ' : '';
  return `${mark}${title}`.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').slice(0, MAX_SUBJECT);
}

export function emailBody({ title, text, sinceMs }: NoticeWords): string {
  return `${title}\n\n${text}\n\nSince ${new Date(sinceMs).toISOString()}.\nSent by Meta-Orchestrator on this machine; its dashboard (\`orch open\`) says more.\n`;
}
