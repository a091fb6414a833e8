import type { Notification, NotificationConstructorOptions } from 'electron';

import type { Clock } from '../core/clock.ts';
import { ANSWER_LIMIT_MS, type NoticeScreen } from './notice-screen.ts';

export interface SystemNoticesParts {
  readonly clock: Clock;
  readonly isSupported: () => boolean;
  readonly make: (options: NotificationConstructorOptions) => Notification;
}

const NOT_SHOWN = 'the system did not show a notice; see its notification settings';

/** Notices by Electron, on macOS and Windows. */
export function createSystemNotices({ clock, isSupported, make }: SystemNoticesParts): NoticeScreen {
  /** Kept while they can be clicked: Electron forgets one that nobody holds. */
  const shown = new Map<string, Notification>();
  const check = (): string | null => (isSupported() ? null : 'this system shows no notices');

  return {
    check: () => Promise.resolve(check()),
    show(notice, onAct) {
      const why = check();
      if (why !== null) return Promise.resolve(why);
      const [first] = notice.actions;
      // The click itself is the first action.
      const buttons = notice.actions.slice(1);
      const one = make({
        title: notice.title,
        body: notice.text,
        silent: notice.silent,
        urgency: notice.severity === 'critical' ? 'critical' : 'normal',
        actions: buttons.map(({ label }) => ({ type: 'button', text: label })),
      });
      return new Promise((resolve) => {
        const cancel = clock.after(ANSWER_LIMIT_MS, () => resolve(NOT_SHOWN));
        const done = (result: string | null): void => {
          cancel();
          resolve(result);
        };
        one.on('show', () => done(null));
        one.on('failed', () => done(NOT_SHOWN));
        one.on('click', () => first !== undefined && onAct(first.id));
        one.on('action', (_event, index) => {
          const button = buttons[index];
          if (button !== undefined) onAct(button.id);
        });
        one.on('close', () => shown.get(notice.tag) === one && shown.delete(notice.tag));
        shown.get(notice.tag)?.close();
        shown.set(notice.tag, one);
        one.show();
      });
    },
    onBack: () => undefined,
    stop() {
      shown.clear();
      return Promise.resolve();
    },
  };
}
