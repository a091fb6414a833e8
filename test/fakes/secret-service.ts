import {
  createCipheriv,
  createDecipheriv,
  createDiffieHellmanGroup,
  hkdfSync,
  randomBytes,
} from 'node:crypto';

import { Message, NameFlag, sessionBus, Variant } from 'dbus-next';

/** What a desktop's keyring does (freedesktop Secret Service API 0.2), as far as a test needs it: never locked. */
export interface SecretService {
  /** How many secrets programs keep in it. */
  itemCount(): number;
  /** Forgets everything, as a keyring that was made anew. */
  reset(): void;
  close(): void;
}

interface Item {
  readonly path: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly value: Buffer;
}

type Secret = [session: string, parameters: Buffer, value: Buffer, contentType: string];

const NAME = 'org.freedesktop.secrets';
const ROOT = '/org/freedesktop/secrets';
const FACE = 'org.freedesktop.Secret';
const COLLECTION = `${ROOT}/collection/login`;
const NO_PROMPT = '/';
/** What programs agree on a key by; the other way is `plain`. */
const AGREEMENT = 'dh-ietf1024-sha256-aes128-cbc-pkcs7';

/** Owns the keyring's name on the bus at `busAddress`. Throws when somebody else does. */
export async function startSecretService(busAddress: string): Promise<SecretService> {
  const bus = sessionBus({ busAddress });
  let items: readonly Item[] = [];
  let lastId = 0;
  const keys = new Map<string, Buffer>();

  const found = (wanted: Readonly<Record<string, string>>): readonly Item[] =>
    items.filter(({ attributes }) =>
      Object.entries(wanted).every(([name, value]) => attributes[name] === value),
    );
  const keyOf = (session: string): Buffer => {
    const key = keys.get(session);
    if (key === undefined) throw new Error(`no session ${session}`);
    return key;
  };
  const secretOf = (item: Item, session: string): Secret => {
    const iv = randomBytes(16);
    const cipher = createCipheriv('aes-128-cbc', keyOf(session), iv);
    return [session, iv, Buffer.concat([cipher.update(item.value), cipher.final()]), 'text/plain'];
  };
  const valueOf = ([session, iv, encrypted]: Secret): Buffer => {
    const decipher = createDecipheriv('aes-128-cbc', keyOf(session), iv);
    return Buffer.concat([decipher.update(encrypted), decipher.final()]);
  };
  /** The keyring's half of the agreement, and the session's name. */
  const openSession = (theirs: Buffer): [Variant, string] => {
    const agreement = createDiffieHellmanGroup('modp2');
    const ours = agreement.generateKeys();
    const session = `${ROOT}/session/${keys.size + 1}`;
    keys.set(session, Buffer.from(hkdfSync('sha256', agreement.computeSecret(theirs), '', '', 16)));
    return [new Variant('ay', ours), session];
  };
  const properties = (path: string): Record<string, Variant> => {
    const item = items.find((one) => one.path === path);
    if (item !== undefined)
      return {
        Attributes: new Variant('a{ss}', item.attributes),
        Label: new Variant('s', 'kept'),
        Locked: new Variant('b', false),
      };
    return path === ROOT
      ? { Collections: new Variant('ao', [COLLECTION]) }
      : {
          Label: new Variant('s', 'Login'),
          Items: new Variant(
            'ao',
            items.map((one) => one.path),
          ),
          Locked: new Variant('b', false),
        };
  };
  const create = (body: readonly unknown[]): string => {
    const [props, secret, isReplacing] = body as [Record<string, Variant>, Secret, boolean];
    const attributes = props[`${FACE}.Item.Attributes`]?.value as Readonly<Record<string, string>>;
    const same = isReplacing ? found(attributes) : [];
    lastId += 1;
    const item = { path: `${COLLECTION}/${lastId}`, attributes, value: valueOf(secret) };
    items = [...items.filter((one) => !same.includes(one)), item];
    return item.path;
  };
  const answers: Readonly<Record<string, (body: readonly unknown[], path: string) => [string, unknown[]]>> = {
    OpenSession(body) {
      if (body[0] !== AGREEMENT) throw new Error(`not ${AGREEMENT}`);
      return ['vo', openSession((body[1] as Variant<Buffer>).value)];
    },
    SearchItems: (body) => [
      'aoao',
      [found(body[0] as Readonly<Record<string, string>>).map(({ path }) => path), []],
    ],
    GetSecrets: (body) => {
      const wanted = items.filter(({ path }) => (body[0] as readonly string[]).includes(path));
      const told = wanted.map((item) => [item.path, secretOf(item, String(body[1]))]);
      return ['a{o(oayays)}', [Object.fromEntries(told)]];
    },
    Unlock: (body) => ['aoo', [body[0], NO_PROMPT]],
    ReadAlias: () => ['o', [COLLECTION]],
    CreateItem: (body) => ['oo', [create(body), NO_PROMPT]],
    GetAll: (_body, path) => ['a{sv}', [properties(path)]],
    Get: (body, path) => ['v', [properties(path)[String(body[1])]]],
  };
  bus.addMethodHandler((message: Message) => {
    const { path, member, body } = message;
    if (!path.startsWith(ROOT)) return false;
    const answer = answers[member];
    if (answer === undefined) return false;
    bus.send(Message.newMethodReturn(message, ...answer(body as unknown[], path)));
    return true;
  });
  await bus.requestName(NAME, NameFlag.DO_NOT_QUEUE);
  return {
    itemCount: () => items.length,
    reset() {
      items = [];
    },
    close: () => bus.disconnect(),
  };
}
