import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

import { NameFlag, sessionBus } from 'dbus-next';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { decodeBusMessage, encodeBusCall } from '../../../electron/bus-message.ts';
import type { BusValue } from '../../../electron/bus-values.ts';
import { connectSessionBus, sessionBusPath } from '../../../electron/session-bus.ts';
import { programPath } from '../../../scripts/system-parts.ts';

describe('the address of the session bus', () => {
  it.each([
    [{ DBUS_SESSION_BUS_ADDRESS: 'unix:path=/run/user/1000/bus' }, '/run/user/1000/bus'],
    [{ DBUS_SESSION_BUS_ADDRESS: 'unix:path=/tmp/dbus-x,guid=ab' }, '/tmp/dbus-x'],
    [{ DBUS_SESSION_BUS_ADDRESS: 'unix:guid=ab,abstract=/tmp/dbus-x' }, '\0/tmp/dbus-x'],
    [{ DBUS_SESSION_BUS_ADDRESS: 'tcp:host=h,port=1;unix:path=/tmp/a%20b' }, '/tmp/a b'],
    [{ DBUS_SESSION_BUS_ADDRESS: 'autolaunch:' }, null],
    [{ XDG_RUNTIME_DIR: '/run/user/1000' }, '/run/user/1000/bus'],
    [{}, null],
  ])('%j', (env, path) => {
    expect(sessionBusPath(env)).toBe(path);
  });
});

describe('the wire format', () => {
  const call = { path: '/p', interface: 'a.b', member: 'M', destination: 'c.d', args: ['x', 'ünï'] };

  it('is read back as it was written', () => {
    const bytes = encodeBusCall(call, 7);
    expect(decodeBusMessage(bytes)).toEqual({
      sizeBytes: bytes.length,
      message: {
        type: 'call',
        replySerial: null,
        interface: 'a.b',
        member: 'M',
        errorName: null,
        args: ['x', 'ünï'],
      },
    });
  });

  it.each<[string, BusValue[], unknown[]]>([
    ['u', [4_294_967_295], [4_294_967_295]],
    ['i', [-1], [-1]],
    ['yb', [2, true], [2, true]],
    ['as', [['one', 'two']], [['one', 'two']]],
    ['asu', [[], 7], [[], 7]],
    ['v', [{ type: 'as', value: [':1.5/Item'] }], [[':1.5/Item']]],
  ])('carries %s: %j', (signature, args, read) => {
    const bytes = encodeBusCall({ ...call, signature, args }, 7);
    expect(decodeBusMessage(bytes)?.message.args).toEqual(read);
  });

  it('refuses a type that does not end, and one nested without end', () => {
    expect(() => encodeBusCall({ ...call, signature: 'a{s', args: [] }, 7)).toThrow('does not end');
    const bytes = encodeBusCall({ ...call, signature: 'a'.repeat(40) + 's', args: [[]] }, 7);
    expect(decodeBusMessage(bytes)?.message.args).toEqual([[]]);
  });

  it('waits for the rest of a message', () => {
    const bytes = encodeBusCall(call, 7);
    for (let size = 0; size < bytes.length; size += 1) {
      expect(decodeBusMessage(bytes.subarray(0, size))).toBeNull();
    }
  });

  it.each([
    ['not D-Bus', Buffer.from('HTTP/1.1 400 Bad Request')],
    ['too large', Buffer.from([0x6c, 1, 0, 1, 255, 255, 255, 255, 1, 0, 0, 0, 0, 0, 0, 0])],
  ])('refuses what is %s', (_, bytes) => {
    expect(() => decodeBusMessage(bytes)).toThrow('session bus');
  });
});

describe.skipIf(programPath('dbus-daemon') === null)('a real bus (needs dbus)', () => {
  let dir = '';
  let socketPath = '';
  let daemon: ReturnType<typeof spawn>;

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'bus-'));
    socketPath = join(dir, 'bus');
    daemon = spawn('dbus-daemon', [
      '--session',
      '--nofork',
      '--print-address=1',
      `--address=unix:path=${socketPath}`,
    ]);
    await once(daemon.stdout!, 'data');
  });
  afterAll(async () => {
    const exit = once(daemon, 'exit');
    daemon.kill();
    await exit;
    rmSync(dir, { recursive: true });
  });

  it('tells who is there, who comes and who goes', async () => {
    const name = 'org.kde.StatusNotifierWatcher';
    const bus = await connectSessionBus(socketPath, userInfo().uid);
    expect(await bus.hasOwner(name)).toBe(false);
    expect(await bus.hasOwner('org.freedesktop.DBus')).toBe(true);
    const changes: boolean[] = [];
    await bus.watchOwner(name, (hasOwner) => changes.push(hasOwner));

    const owner = sessionBus({ busAddress: `unix:path=${socketPath}` });
    await owner.requestName(name, NameFlag.DO_NOT_QUEUE);
    await vi.waitFor(() => expect(changes).toEqual([true]));
    expect(await bus.hasOwner(name)).toBe(true);
    owner.disconnect();
    await vi.waitFor(() => expect(changes).toEqual([true, false]));
    await bus.close();
  });

  it('does not wait for ever for a bus that is not there', async () => {
    await expect(connectSessionBus(join(dir, 'nobody'), 1)).rejects.toThrow('no session bus');
    await expect(connectSessionBus(null, 1)).rejects.toThrow('no session bus');
  });
});
