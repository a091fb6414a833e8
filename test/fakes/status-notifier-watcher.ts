import { Message, MessageType, NameFlag, sessionBus, Variant } from 'dbus-next';

/**
 * What a desktop's panel does for tray icons (freedesktop StatusNotifierItem and com.canonical.dbusmenu), as far
 * as a test needs it: takes registrations, reads pictures, texts and menus, and clicks.
 */
export interface StatusNotifierWatcher {
  /** Bus names of the icons, oldest first. */
  items(): readonly string[];
  tooltip(item: string): Promise<string>;
  /** The largest picture of the icon. */
  picture(item: string): Promise<TrayPixels>;
  menu(item: string): Promise<readonly MenuLine[]>;
  click(item: string, line: MenuLine): Promise<void>;
  /** A click on the icon itself. */
  activate(item: string): Promise<void>;
  /** Leaves the bus, as a panel that was killed. */
  close(): void;
}

/** Rows from the top, each pixel four bytes: alpha, red, green, blue. */
export interface TrayPixels {
  readonly width: number;
  readonly height: number;
  readonly argb: Buffer;
}

export interface MenuLine {
  readonly id: number;
  /** Empty for a separator. */
  readonly label: string;
  readonly isEnabled: boolean;
  readonly isSeparator: boolean;
  /** Null where it cannot be on or off. */
  readonly isChecked: boolean | null;
  /** Of the menu inside it; empty for every other line. */
  readonly lines: readonly MenuLine[];
}

const NAME = 'org.kde.StatusNotifierWatcher';
const ITEM = 'org.kde.StatusNotifierItem';
const ITEM_PATH = '/StatusNotifierItem';
const MENU = 'com.canonical.dbusmenu';
const PROPERTIES = 'org.freedesktop.DBus.Properties';

/** Owns the watcher's name on the bus at `busAddress`. Throws when somebody else does. */
export async function startStatusNotifierWatcher(busAddress: string): Promise<StatusNotifierWatcher> {
  const bus = sessionBus({ busAddress });
  const items: string[] = [];
  const properties = (): Record<string, Variant> => ({
    IsStatusNotifierHostRegistered: new Variant('b', true),
    ProtocolVersion: new Variant('i', 0),
    RegisteredStatusNotifierItems: new Variant('as', items),
  });
  bus.addMethodHandler((message: Message) => {
    if (message.path !== '/StatusNotifierWatcher') return false;
    const [first, second] = message.body as [string, string?];
    switch (message.member) {
      case 'RegisterStatusNotifierItem':
        items.push(first.startsWith('/') ? message.sender : first);
        bus.send(Message.newMethodReturn(message));
        return true;
      case 'RegisterStatusNotifierHost':
        bus.send(Message.newMethodReturn(message));
        return true;
      case 'Get':
        bus.send(Message.newMethodReturn(message, 'v', [properties()[second ?? '']]));
        return true;
      case 'GetAll':
        bus.send(Message.newMethodReturn(message, 'a{sv}', [properties()]));
        return true;
      default:
        return false;
    }
  });
  bus.on('message', (message: Message) => {
    if (message.type !== MessageType.SIGNAL || message.member !== 'NameOwnerChanged') return;
    const [name, , newOwner] = message.body as [string, string, string];
    const index = items.indexOf(name);
    if (newOwner === '' && index !== -1) items.splice(index, 1);
  });
  await bus.requestName(NAME, NameFlag.DO_NOT_QUEUE);

  const call = async (
    destination: string,
    path: string,
    face: string,
    member: string,
    signature: string,
    body: unknown[],
  ): Promise<unknown[]> => {
    const message = new Message({
      type: MessageType.METHOD_CALL,
      destination,
      path,
      interface: face,
      member,
      signature,
      body,
    });
    const reply = await bus.call(message);
    return (reply?.body ?? []) as unknown[];
  };
  const property = async (item: string, name: string): Promise<unknown> => {
    const [value] = await call(item, ITEM_PATH, PROPERTIES, 'Get', 'ss', [ITEM, name]);
    return (value as Variant).value;
  };

  const busName = 'org.freedesktop.DBus';
  await call(busName, '/org/freedesktop/DBus', busName, 'AddMatch', 's', [
    `type='signal',sender='${busName}',member='NameOwnerChanged'`,
  ]);

  return {
    items: () => [...items],
    async tooltip(item) {
      const [, , title, text] = (await property(item, 'ToolTip')) as [string, unknown, string, string];
      return [title, text].filter((part) => part !== '').join('\n');
    },
    async picture(item) {
      const pictures = (await property(item, 'IconPixmap')) as [number, number, Buffer][];
      const [width, height, argb] = pictures.reduce((best, one) => (one[0] > best[0] ? one : best));
      return { width, height, argb: Buffer.from(argb) };
    },
    async menu(item) {
      const path = (await property(item, 'Menu')) as string;
      const [, root] = await call(item, path, MENU, 'GetLayout', 'iias', [0, -1, []]);
      const [, , children] = root as [number, Record<string, Variant>, Variant[]];
      return children.map((child) => menuLine(child.value as MenuNode));
    },
    async click(item, line) {
      const path = (await property(item, 'Menu')) as string;
      await call(item, path, MENU, 'Event', 'isvu', [line.id, 'clicked', new Variant('s', ''), 0]);
    },
    async activate(item) {
      await call(item, ITEM_PATH, ITEM, 'Activate', 'ii', [0, 0]);
    },
    close: () => bus.disconnect(),
  };
}

/** As GetLayout gives a line: id, properties, the lines inside. */
type MenuNode = [number, Record<string, Variant>, Variant[]];

function menuLine([id, properties, children]: MenuNode): MenuLine {
  const label = properties['label']?.value as string | undefined;
  return {
    id,
    // An underscore marks the access key; a doubled one stands for itself.
    label: (label ?? '').replaceAll(/_(.)/g, '$1'),
    isEnabled: properties['enabled']?.value !== false,
    isSeparator: properties['type']?.value === 'separator',
    isChecked: properties['toggle-type'] === undefined ? null : properties['toggle-state']?.value === 1,
    lines: children.map((child) => menuLine(child.value as MenuNode)),
  };
}
