import type { Variant } from 'dbus-next';
import { Message, MessageType, NameFlag, sessionBus } from 'dbus-next';

/** One notice as a desktop's notification service got it. */
export interface ShownNotice {
  readonly id: number;
  /** Id of the notice it takes the place of; 0 for a new one. */
  readonly replacesId: number;
  readonly title: string;
  readonly text: string;
  /** Keys and labels by turns. */
  readonly actions: readonly string[];
  readonly isSilent: boolean;
  readonly urgency: number;
}

/** What a desktop does for notices (Desktop Notifications Specification 1.2), as far as a test needs it. */
export interface NotificationService {
  /** In order, those that were replaced or closed included. */
  readonly shown: readonly ShownNotice[];
  /** Chooses an action of a shown notice; `default` is a click on it. */
  choose(id: number, key: string): void;
  /** The next notice is chosen as soon as it is answered for. */
  chooseAtOnce(key: string): void;
  /** While mute, no call is answered at all. */
  mute(isMute: boolean): void;
  /** Leaves the bus, as a service that was killed. */
  close(): void;
}

const NAME = 'org.freedesktop.Notifications';
const PATH = '/org/freedesktop/Notifications';

/** Owns the notifications' name on the bus at `busAddress`. Throws when somebody else does. */
export async function startNotificationService(
  busAddress: string,
  abilities: readonly string[] = ['actions', 'body', 'body-markup'],
): Promise<NotificationService> {
  const bus = sessionBus({ busAddress });
  const shown: ShownNotice[] = [];
  let isMute = false;
  let lastId = 0;
  let keyAtOnce: string | null = null;
  bus.addMethodHandler((message: Message) => {
    if (message.path !== PATH) return false;
    if (isMute) return true;
    switch (message.member) {
      case 'GetCapabilities':
        bus.send(Message.newMethodReturn(message, 'as', [[...abilities]]));
        return true;
      case 'Notify': {
        const notice = noticeOf(message.body, () => (lastId += 1));
        shown.push(notice);
        bus.send(Message.newMethodReturn(message, 'u', [notice.id]));
        if (keyAtOnce !== null) choose(notice.id, keyAtOnce);
        keyAtOnce = null;
        return true;
      }
      default:
        return false;
    }
  });
  const signal = (member: string, signature: string, body: unknown[]): void =>
    bus.send(new Message({ type: MessageType.SIGNAL, path: PATH, interface: NAME, member, signature, body }));
  const choose = (id: number, key: string): void => {
    signal('ActionInvoked', 'us', [id, key]);
    signal('NotificationClosed', 'uu', [id, 2]);
  };
  await bus.requestName(NAME, NameFlag.DO_NOT_QUEUE);
  return {
    shown,
    choose,
    chooseAtOnce(key) {
      keyAtOnce = key;
    },
    mute(next) {
      isMute = next;
    },
    close: () => bus.disconnect(),
  };
}

function noticeOf(body: readonly unknown[], newId: () => number): ShownNotice {
  const [, replacesId, , title, text, actions, hints] = body as [
    string,
    number,
    string,
    string,
    string,
    string[],
    Record<string, Variant>,
  ];
  return {
    id: replacesId === 0 ? newId() : replacesId,
    replacesId,
    title,
    text,
    actions,
    isSilent: hints['suppress-sound']?.value === true,
    urgency: Number(hints['urgency']?.value ?? 1),
  };
}
