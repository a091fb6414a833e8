import type { NoticeWords } from '../../shared/alerts/notice-words.ts';
import type { Clock } from '../clock.ts';

export interface DesktopNotice {
  readonly words: NoticeWords;
  readonly replaces: string;
  readonly silent: boolean;
}

/** Shows one notice on this desktop. Null when it was shown, else why not. Never throws. */
export type ShowOnDesktop = (notice: DesktopNotice) => Promise<string | null>;

/** A daemon that does not answer for so long shows nothing (behaviour 25). */
const LIMIT_MS = 2_000;

/**
 * Notices of a core without a shell, by the desktop's own program. The library is loaded with the first one. Without
 * a session there is nobody to show anything to.
 */
export function createShowOnDesktop(
  clock: Clock,
  platform: string,
  env: Readonly<Record<string, string | undefined>>,
): ShowOnDesktop {
  if (platform === 'linux' && !hasSession(env)) {
    return () => Promise.resolve('there is no desktop session');
  }
  return (notice) =>
    new Promise((resolve) => {
      const cancel = clock.after(LIMIT_MS, () =>
        resolve(`no notification service answered within ${LIMIT_MS / 1000} s`),
      );
      const done = (why: string | null): void => {
        cancel();
        resolve(why);
      };
      show(notice, platform, done).catch(() => done('the notification program cannot be started'));
    });
}

async function show(
  notice: DesktopNotice,
  platform: string,
  done: (why: string | null) => void,
): Promise<void> {
  const { default: notifier } = await import('node-notifier');
  const { title, text } = notice.words;
  const isCritical = notice.words.severity === 'critical';
  const options: Record<string, unknown> = { title: plain(title), message: plain(text) };
  if (platform === 'linux') {
    Object.assign(options, {
      'app-name': 'Meta-Orchestrator',
      urgency: isCritical ? 'critical' : 'normal',
      // The hint that notify-osd, dunst, mako and others replace an open notice by.
      hint: notice.silent
        ? 'boolean:suppress-sound:true'
        : `string:x-canonical-private-synchronous:orch-${notice.replaces.replaceAll(/[^A-Za-z0-9.-]/g, '-')}`,
    });
  } else {
    Object.assign(options, { sound: !notice.silent, wait: false, id: numberOf(notice.replaces) });
  }
  notifier.notify(options, (error) => done(isNothing(error) ? null : refusalOf(error)));
}

/** A service only the person's own session has; a server has none. */
function hasSession(env: Readonly<Record<string, string | undefined>>): boolean {
  return ['DISPLAY', 'WAYLAND_DISPLAY'].some((name) => (env[name] ?? '') !== '');
}

/** The program is started with these as arguments: none may look like an option or end a line. */
function plain(text: string): string {
  const line = text.replaceAll(/\s*\n\s*/g, ' · ').replaceAll(/\p{Cc}/gu, ' ');
  return line.startsWith('-') ? `\u2013${line.slice(1)}` : line;
}

/** The one cause that a person can mend by name; every other is the desktop's own. */
function refusalOf(error: unknown): string {
  const isAbsent = error instanceof Error && /not found|must be installed/.test(error.message);
  return isAbsent ? 'notify-send is not installed' : 'the desktop refused to show it';
}

/** The library gives what the program wrote to its error output where there was no error. */
function isNothing(error: unknown): boolean {
  return error === null || error === undefined || error === '';
}

function numberOf(tag: string): number {
  let sum = 7;
  for (let at = 0; at < tag.length; at += 1) sum = (sum * 31 + tag.charCodeAt(at)) % 1_000_000;
  return sum;
}
