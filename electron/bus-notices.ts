import type { BusValue } from './bus-values.ts';
import { ANSWER_LIMIT_MS, type NoticeScreen, type ScreenNotice } from './notice-screen.ts';
import type { SessionBus } from './session-bus.ts';

/** Desktop Notifications Specification 1.2. */
export const NOTIFICATIONS_NAME = 'org.freedesktop.Notifications';
const PATH = '/org/freedesktop/Notifications';
const URGENCY = { info: 1, warning: 1, critical: 2 } as const;
/** Key of a click on the notice itself. */
const CLICK = 'default';
const NO_SERVICE = 'no notification service runs on this desktop';
const NO_ANSWER = `no notification service answered within ${ANSWER_LIMIT_MS / 1000} s`;

type NoticeBus = Pick<
  SessionBus,
  'call' | 'close' | 'hasOwner' | 'isActivatable' | 'onGone' | 'watchOwner' | 'watchSignals'
>;

interface Shown {
  readonly notice: ScreenNotice;
  readonly onAct: (actionId: string) => void;
}

/** What is known of one connection and of the service behind it. */
interface Desk {
  readonly bus: NoticeBus;
  /** What the service can do; null until it was asked. */
  abilities: readonly string[] | null;
  readonly idOfTag: Map<string, number>;
  readonly shown: Map<number, Shown>;
}

/**
 * Notices by the session bus itself. Electron's own go through libnotify, which waits for the service inside the
 * app's only thread and tells neither of actions nor whether anything was shown.
 */
export function createBusNotices(connectBus: () => Promise<NoticeBus>): NoticeScreen {
  let pending: Promise<Desk> | null = null;
  let onBack = (): void => undefined;

  const open = async (): Promise<Desk> => {
    const bus = await connectBus();
    const desk: Desk = { bus, abilities: null, idOfTag: new Map(), shown: new Map() };
    bus.onGone(() => (pending = null));
    await bus.watchOwner(NOTIFICATIONS_NAME, (hasOwner) => {
      // Ids and abilities were the old service's.
      desk.abilities = null;
      desk.idOfTag.clear();
      desk.shown.clear();
      if (hasOwner) onBack();
    });
    await bus.watchSignals(NOTIFICATIONS_NAME, NOTIFICATIONS_NAME, (member, args) => {
      // A click may come in one piece with the answer that the notice is shown: whoever waits for that goes first.
      setImmediate(() => hear(desk, member, args));
    });
    return desk;
  };
  const connected = (): Promise<Desk> => {
    pending ??= open().catch((error: unknown) => {
      pending = null;
      throw error;
    });
    return pending;
  };
  const abilitiesOf = async (desk: Desk): Promise<readonly string[]> => {
    if (desk.abilities !== null) return desk.abilities;
    const asked = question('GetCapabilities', '', []);
    const [found] = await desk.bus.call(asked, ANSWER_LIMIT_MS);
    desk.abilities = Array.isArray(found) ? found.map(String) : [];
    return desk.abilities;
  };
  const notify = async (notice: ScreenNotice, onAct: Shown['onAct']): Promise<void> => {
    const desk = await connected();
    const abilities = await abilitiesOf(desk);
    const args = notifyArgs(notice, desk.idOfTag.get(notice.tag) ?? 0, abilities);
    const [id] = await desk.bus.call(question('Notify', 'susssasa{sv}i', args), ANSWER_LIMIT_MS);
    if (typeof id !== 'number') throw new Error(NO_ANSWER);
    desk.idOfTag.set(notice.tag, id);
    desk.shown.set(id, { notice, onAct });
  };

  return {
    async show(notice, onAct) {
      const limit = limitOf(ANSWER_LIMIT_MS);
      const done = notify(notice, onAct).then(
        () => null,
        (error: unknown) => reasonOf(error),
      );
      const why = await Promise.race([done, limit.passed]);
      limit.cancel();
      return why;
    },
    async check() {
      try {
        const { bus } = await connected();
        if (await bus.hasOwner(NOTIFICATIONS_NAME)) return null;
        return (await bus.isActivatable(NOTIFICATIONS_NAME)) ? null : NO_SERVICE;
      } catch {
        return NO_SERVICE;
      }
    },
    onBack(listener) {
      onBack = listener;
    },
    async stop() {
      await pending?.then(
        ({ bus }) => bus.close(),
        () => undefined,
      );
    },
  };
}

function question(member: string, signature: string, args: readonly BusValue[]) {
  return {
    destination: NOTIFICATIONS_NAME,
    path: PATH,
    interface: NOTIFICATIONS_NAME,
    member,
    signature,
    args,
  };
}

function hear(desk: Desk, member: string, [id, key]: readonly BusValue[]): void {
  if (typeof id !== 'number') return;
  const shown = desk.shown.get(id);
  if (shown === undefined) return;
  if (member === 'ActionInvoked') {
    const [first] = shown.notice.actions;
    const chosen = key === CLICK ? first?.id : shown.notice.actions.find((action) => action.id === key)?.id;
    if (chosen !== undefined) shown.onAct(chosen);
  } else if (member === 'NotificationClosed') {
    desk.shown.delete(id);
    if (desk.idOfTag.get(shown.notice.tag) === id) desk.idOfTag.delete(shown.notice.tag);
  }
}

function notifyArgs(
  notice: ScreenNotice,
  replacesId: number,
  abilities: readonly string[],
): readonly BusValue[] {
  const [first] = notice.actions;
  const actions = abilities.includes('actions')
    ? [
        ...(first === undefined ? [] : [CLICK, first.label]),
        ...notice.actions.flatMap(({ id, label }) => [id, label]),
      ]
    : [];
  const hints: BusValue[] = [
    ['urgency', { type: 'y', value: URGENCY[notice.severity] }],
    ['desktop-entry', { type: 's', value: 'meta-orchestrator' }],
    ...(notice.silent ? [['suppress-sound', { type: 'b', value: true }]] : []),
  ];
  const body = abilities.includes('body-markup') ? withoutMarkup(notice.text) : notice.text;
  return ['Meta-Orchestrator', replacesId, '', notice.title, body, actions, hints, -1];
}

/** A name of a project may look like markup. */
function withoutMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function reasonOf(error: unknown): string {
  const words = error instanceof Error ? error.message : '';
  if (/does not answer|NoReply/.test(words)) return NO_ANSWER;
  if (/refused/.test(words) && !/ServiceUnknown|NameHasNoOwner|Spawn/.test(words))
    return 'the notification service refused to show it';
  return NO_SERVICE;
}

function limitOf(limitMs: number): { readonly passed: Promise<string>; cancel(): void } {
  let cancel = (): void => undefined;
  const passed = new Promise<string>((resolve) => {
    const timer = setTimeout(() => resolve(NO_ANSWER), limitMs);
    cancel = () => clearTimeout(timer);
  });
  return { passed, cancel: () => cancel() };
}
