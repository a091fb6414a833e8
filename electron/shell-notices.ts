import type { Clock } from '../core/clock.ts';
import { noticeSchema, type Notice, type NoticeAction, type ShellReport } from '../shared/contract/alert.ts';
import type { NoticeScreen } from './notice-screen.ts';

export interface ShellNoticesParts {
  readonly screen: NoticeScreen;
  readonly clock: Clock;
  /** What the person chose. */
  readonly perform: (does: NoticeAction['does']) => void;
  /** Whether this desktop shows notices, as far as is known; at each change. */
  readonly onState: (state: Pick<ShellReport, 'notices' | 'why'>) => void;
}

export interface ShellNotices {
  /** The data of an `alert` event. */
  take(data: string): void;
  /** Words of the shell's own, past everything the core decides. */
  say(title: string, text: string): void;
  start(): void;
  /** Resolves once nothing more can come. */
  stop(): Promise<void>;
}

/** A notification service that starts with the session is there by then. */
const START_PATIENCE_MS = 2_000;
/** What could not be shown is news for so long. */
const HELD_MS = 10 * 60_000;
const MOST_HELD = 5;
const MOST_REMEMBERED = 200;

/** Shows what the core decided on, once, and says whether it was seen. */
export function createShellNotices(parts: ShellNoticesParts): ShellNotices {
  const { screen, clock } = parts;
  const seen = new Set<string>();
  let held: { readonly notice: Notice; readonly atMs: number }[] = [];
  let state = '';
  let cancelCheck = (): void => undefined;

  const become = (notices: ShellReport['notices'], why: string | null): void => {
    const next = `${notices} ${why ?? ''}`;
    if (next === state) return;
    state = next;
    parts.onState({ notices, why });
  };
  const present = async (notice: Notice, atMs: number): Promise<void> => {
    held = held.filter((other) => other.notice.replaces !== notice.replaces);
    const { title, text, severity, silent, actions } = notice;
    const why = await screen.show({ tag: notice.replaces, title, text, severity, silent, actions }, (id) => {
      const action = actions.find((one) => one.id === id);
      if (action !== undefined) parts.perform(action.does);
    });
    become(why === null ? 'shown' : 'refused', why);
    if (why === null) return;
    held.push({ notice, atMs });
    held = held.slice(-MOST_HELD);
  };
  /** The newest of each tag, as long as it is news. */
  const showHeld = (): void => {
    const waiting = held.filter(({ atMs }) => clock.monotonicMs() - atMs < HELD_MS);
    held = [];
    for (const { notice, atMs } of waiting) void present(notice, atMs);
  };
  const look = async (): Promise<void> => {
    const why = await screen.check();
    // A notice that came meanwhile knows better.
    if (state !== '') return;
    if (why === null) become('unknown', null);
    else become('refused', why);
  };

  return {
    take(data) {
      const notice = parsedNotice(data);
      // Shown by the core itself or by nobody, or heard before a line that broke.
      if (notice === null || notice.desktop !== 'shell' || seen.has(notice.id)) return;
      seen.add(notice.id);
      if (seen.size > MOST_REMEMBERED) seen.delete([...seen][0] ?? '');
      void present(notice, clock.monotonicMs());
    },
    say(title, text) {
      const words = { tag: 'shell', title, text, severity: 'info', silent: true, actions: [] } as const;
      void screen.show(words, () => undefined);
    },
    start() {
      screen.onBack(() => {
        cancelCheck();
        if (state.startsWith('refused')) become('unknown', null);
        showHeld();
      });
      cancelCheck = clock.after(START_PATIENCE_MS, () => void look());
    },
    stop() {
      cancelCheck();
      return screen.stop();
    },
  };
}

function parsedNotice(data: string): Notice | null {
  try {
    return noticeSchema.parse(JSON.parse(data));
  } catch {
    return null;
  }
}
