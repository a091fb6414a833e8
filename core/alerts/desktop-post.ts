import type { NoticeDraft } from '../../shared/alerts/notice-draft.ts';
import { noticeWords } from '../../shared/alerts/notice-words.ts';
import type { ChannelState, Notice } from '../../shared/contract/alert.ts';
import type { AlertsConfig } from '../../shared/contract/alerts-config.ts';
import { isoNow, type Clock } from '../clock.ts';
import type { ShowOnDesktop } from './desktop-channel.ts';
import { noticeEvent } from './notice-event.ts';
import type { ShellPresence } from './shell-presence.ts';
import { testNotice } from './test-notice.ts';

/** Notices on this desktop: by the shell where there is one, by the core itself where there is none. */
export interface DesktopPost {
  /** Tells everybody who listens; shows it here when no shell does. */
  add(draft: NoticeDraft): void;
  test(): Promise<ChannelState>;
  state(): ChannelState;
  /** Why notices are not seen; null while nothing speaks against it. */
  refused(): string | null;
}

export function createDesktopPost(parts: {
  readonly clock: Clock;
  readonly shell: ShellPresence;
  readonly show: ShowOnDesktop;
  readonly settings: () => AlertsConfig;
  readonly announce: (notice: Notice) => void;
  readonly onChange: () => void;
}): DesktopPost {
  const { clock, shell } = parts;
  let refusedWhy: string | null = null;
  let lastShownAtMs: number | null = null;
  let test: ChannelState['test'] = null;

  const shown = (why: string | null): void => {
    if (why === null) lastShownAtMs = clock.wallMs();
    if (why === refusedWhy) return;
    refusedWhy = why;
    parts.onChange();
  };
  const present = async (draft: NoticeDraft, isAsked: boolean): Promise<string | null> => {
    const { enabled, floor } = parts.settings().desktop;
    const everything = noticeWords(draft, { channel: 'desktop', floor: 'info', isOutside: false });
    if (everything === null) return null;
    const wanted =
      enabled || isAsked ? noticeWords(draft, { channel: 'desktop', floor, isOutside: false }) : null;
    const by = wanted === null ? 'off' : shell.isAttached() ? 'shell' : 'core';
    parts.announce(noticeEvent(draft, wanted ?? everything, by));
    if (by !== 'core' || wanted === null) return null;
    const why = await parts.show({ words: wanted, replaces: draft.replaces, silent: draft.silent });
    shown(why);
    return why;
  };
  const refused = (): string | null => {
    const { enabled } = parts.settings().desktop;
    if (!enabled) return null;
    if (!shell.isAttached()) return refusedWhy;
    const report = shell.report();
    return report?.notices === 'refused' ? (report.why ?? 'this desktop does not show notices') : null;
  };
  const state = (): ChannelState => {
    const { enabled, floor } = parts.settings().desktop;
    const problem = refused();
    return {
      name: 'desktop',
      enabled,
      floor,
      state: !enabled ? 'off' : problem === null ? 'ready' : 'stopped',
      problem,
      waitingCount: 0,
      lastDeliveredAt: lastShownAtMs === null ? null : new Date(lastShownAtMs).toISOString(),
      test,
    };
  };

  return {
    state,
    refused,
    add: (draft) => void present(draft, false),
    async test() {
      const at = isoNow(clock);
      test = { at, result: 'running', why: null };
      const why = await present(testNotice(clock.wallMs()), true);
      test = { at, result: why === null ? 'delivered' : 'failed', why };
      return state();
    },
  };
}
