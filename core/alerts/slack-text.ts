import type { NoticeWords } from '../../shared/alerts/notice-words.ts';

/** Far under the 40,000 that a message may have. */
const MAX_CHARACTERS = 8_000;

/**
 * One message. Slack asks that exactly `&`, `<` and `>` be escaped; that leaves no way to write a link, a mention or
 * `<!channel>`. The one mark of ours is the bold title.
 */
export function slackText({ severity, title, text }: NoticeWords): string {
  const mark = severity === 'critical' ? 'CRITICAL: ' : '';
  // A star inside would end the bold face early.
  const bold = `*${mark}${escaped(title).replaceAll('*', '∗')}*`;
  return `${bold}\n${escaped(text)}`.slice(0, MAX_CHARACTERS);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
