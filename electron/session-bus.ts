import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';

import { decodeBusMessage, encodeBusCall } from './bus-message.ts';
import type { BusCall, BusMessage } from './bus-message.ts';
import type { BusValue } from './bus-values.ts';

const BUS = 'org.freedesktop.DBus';
const BUS_PATH = '/org/freedesktop/DBus';
const CALL_LIMIT_MS = 3_000;

/** The desktop's session bus, as far as the shell speaks on it. */
export interface SessionBus {
  hasOwner(name: string): Promise<boolean>;
  /** Whether the bus starts somebody for the name as soon as they are called. */
  isActivatable(name: string): Promise<boolean>;
  /** Tells of every change from now on. */
  watchOwner(name: string, onChange: (hasOwner: boolean) => void): Promise<void>;
  /** The answer's arguments. Throws when it is an error, or comes later than `limitMs` (3 s when left out). */
  call(call: BusCall, limitMs?: number): Promise<readonly BusValue[]>;
  /** Tells of every signal of that interface by the owner of `sender`, from now on. */
  watchSignals(
    sender: string,
    face: string,
    onSignal: (member: string, args: readonly BusValue[]) => void,
  ): Promise<void>;
  /** Tells once that the connection broke; `close` breaks it without a word. */
  onGone(listener: () => void): void;
  /**
   * Resolves once nothing more can come from the socket: Node, taken down by Electron's exit while one still closes,
   * throws from its inside, and Electron then shows a box that nobody can answer.
   */
  close(): Promise<void>;
}

/**
 * Socket path of the session bus as the environment gives it (D-Bus Specification, "Server Addresses"); a
 * leading NUL marks an abstract socket. Null when there is none.
 */
export function sessionBusPath(env: Readonly<Record<string, string | undefined>>): string | null {
  const address = env['DBUS_SESSION_BUS_ADDRESS'];
  if (address === undefined || address === '') {
    const runtimeDir = env['XDG_RUNTIME_DIR'];
    return runtimeDir === undefined || runtimeDir === '' ? null : `${runtimeDir}/bus`;
  }
  for (const one of address.split(';')) {
    const parts = new Map(
      one
        .replace(/^unix:/, '')
        .split(',')
        .map((part) => splitOnce(part)),
    );
    const path = parts.get('path');
    if (path !== undefined) return decodeURIComponent(path);
    const abstract = parts.get('abstract');
    if (abstract !== undefined) return `\0${decodeURIComponent(abstract)}`;
  }
  return null;
}

function splitOnce(text: string): [string, string] {
  const at = text.indexOf('=');
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

/**
 * Connects as the user `userId` (EXTERNAL: the kernel vouches for it). Throws when there is no address, or no
 * bus answers within 3 s.
 */
export async function connectSessionBus(socketPath: string | null, userId: number): Promise<SessionBus> {
  if (socketPath === null) throw new Error('There is no session bus.');
  const socket = connect(socketPath);
  const waiting = new Map<
    number,
    { readonly resolve: (message: BusMessage) => void; readonly reject: (error: Error) => void }
  >();
  const watchers: { name: string; onChange(hasOwner: boolean): void }[] = [];
  const listeners: { face: string; onSignal(member: string, args: readonly BusValue[]): void }[] = [];
  let onGone = (): void => undefined;
  let serial = 0;
  let isOver = false;

  const fail = (error: Error): void => {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
    socket.destroy();
    if (isOver) return;
    isOver = true;
    onGone();
  };
  const receive = (message: BusMessage): void => {
    if (message.type === 'signal' && message.member === 'NameOwnerChanged') {
      const [name, , newOwner] = message.args;
      for (const one of watchers) if (one.name === name) one.onChange(newOwner !== '');
      return;
    }
    if (message.type === 'signal') {
      for (const one of listeners) {
        if (one.face === message.interface) one.onSignal(message.member ?? '', message.args);
      }
      return;
    }
    const caller = message.replySerial === null ? undefined : waiting.get(message.replySerial);
    if (message.type === 'error')
      caller?.reject(new Error(`The session bus refused: ${message.errorName ?? 'for no reason'}`));
    else caller?.resolve(message);
  };
  const send = (call: BusCall, limitMs: number): Promise<BusMessage> =>
    new Promise((resolve, reject) => {
      if (isOver) {
        reject(new Error('The session bus is gone.'));
        return;
      }
      serial += 1;
      const own = serial;
      const settle = (): void => {
        clearTimeout(timer);
        waiting.delete(own);
      };
      const timer = setTimeout(() => {
        settle();
        reject(new Error('The session bus does not answer.'));
      }, limitMs);
      waiting.set(own, {
        resolve: (message) => {
          settle();
          resolve(message);
        },
        reject: (error) => {
          settle();
          reject(error);
        },
      });
      socket.write(encodeBusCall(call, own));
    });
  const ask = async (member: string, ...args: readonly string[]): Promise<readonly BusValue[]> => {
    const question = { path: BUS_PATH, interface: BUS, member, destination: BUS, args };
    return (await send(question, CALL_LIMIT_MS)).args;
  };

  await authenticate(socket, userId);
  readMessages(socket, receive, fail);
  socket.on('close', () => fail(new Error('The session bus is gone.')));
  await ask('Hello');
  return {
    async hasOwner(name) {
      return (await ask('NameHasOwner', name))[0] === true;
    },
    async isActivatable(name) {
      const [names] = await ask('ListActivatableNames');
      return Array.isArray(names) && names.includes(name);
    },
    async watchOwner(name, onChange) {
      watchers.push({ name, onChange });
      await ask(
        'AddMatch',
        `type='signal',sender='${BUS}',interface='${BUS}',member='NameOwnerChanged',arg0='${name}'`,
      );
    },
    async call(asked, limitMs = CALL_LIMIT_MS) {
      return (await send(asked, limitMs)).args;
    },
    async watchSignals(sender, face, onSignal) {
      listeners.push({ face, onSignal });
      await ask('AddMatch', `type='signal',sender='${sender}',interface='${face}'`);
    },
    onGone(listener) {
      onGone = listener;
    },
    async close() {
      onGone = () => undefined;
      const closed = socket.closed ? null : once(socket, 'close');
      fail(new Error('Closed.'));
      await closed;
    },
  };
}

function authenticate(socket: Socket, userId: number): Promise<void> {
  const identity = Buffer.from(String(userId), 'latin1').toString('hex');
  return new Promise((resolve, reject) => {
    const give = (why: string) => (): void => {
      clearTimeout(timer);
      socket.destroy();
      reject(new Error(why));
    };
    const timer = setTimeout(give('The session bus does not answer.'), CALL_LIMIT_MS);
    socket.once('error', give('There is no session bus.'));
    socket.once('close', give('The session bus closed the connection.'));
    socket.once('connect', () => socket.write(`\0AUTH EXTERNAL ${identity}\r\n`));
    socket.once('data', (answer: Buffer) => {
      if (!answer.toString('latin1').startsWith('OK ')) {
        give('The session bus refused the user.')();
        return;
      }
      clearTimeout(timer);
      socket.removeAllListeners();
      socket.write('BEGIN\r\n');
      resolve();
    });
  });
}

function readMessages(
  socket: Socket,
  receive: (message: BusMessage) => void,
  fail: (error: Error) => void,
): void {
  let pending = Buffer.alloc(0);
  socket.on('error', fail);
  socket.on('data', (piece: Buffer) => {
    pending = Buffer.concat([pending, piece]);
    try {
      for (;;) {
        const next = decodeBusMessage(pending);
        if (next === null) return;
        pending = pending.subarray(next.sizeBytes);
        receive(next.message);
      }
    } catch (error) {
      fail(error instanceof Error ? error : new Error(String(error)));
    }
  });
}
