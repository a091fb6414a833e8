import { EventEmitter } from 'node:events';

import { expect, it, vi } from 'vitest';

import { installQuit } from '../../../electron/quit.ts';
import { fakeClock } from '../../fakes/fake-clock.ts';

/** As Electron: a quit asks first and leaves unless somebody holds it. */
function fakeApp() {
  const state = { hasLeft: false };
  const emitter = new EventEmitter();
  const app = {
    on: emitter.on.bind(emitter),
    quit() {
      const event = { isHeld: false, preventDefault: () => (event.isHeld = true) };
      emitter.emit('before-quit', event);
      if (!event.isHeld) state.hasLeft = true;
    },
  };
  return { app: app as never as Parameters<typeof installQuit>[0]['app'], state };
}

it('lets the core close before the app leaves, once', async () => {
  const { app, state } = fakeApp();
  let finishes = 0;
  let finish = (): void => undefined;
  installQuit({ app, signals: new EventEmitter(), clock: fakeClock() }, () => {
    finishes += 1;
    return new Promise((resolve) => (finish = resolve));
  });
  app.quit();
  app.quit();
  expect(state.hasLeft).toBe(false);
  finish();
  await vi.waitFor(() => expect(state.hasLeft).toBe(true));
  expect(finishes).toBe(1);
});

it('leaves although closing failed', async () => {
  const { app, state } = fakeApp();
  const complaint = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  installQuit({ app, signals: new EventEmitter(), clock: fakeClock() }, () =>
    Promise.reject(new Error('disk full')),
  );
  app.quit();
  await vi.waitFor(() => expect(state.hasLeft).toBe(true));
  expect(complaint).toHaveBeenCalledOnce();
  complaint.mockRestore();
});

it.each(['SIGTERM', 'SIGINT', 'SIGHUP'])('closes the core on %s too', async (signal) => {
  const { app, state } = fakeApp();
  const signals = new EventEmitter();
  let finishes = 0;
  installQuit({ app, signals, clock: fakeClock() }, () => Promise.resolve(void (finishes += 1)));
  signals.emit(signal);
  await vi.waitFor(() => expect(state.hasLeft).toBe(true));
  expect(finishes).toBe(1);
});

it('leaves although something never closes', async () => {
  const { app, state } = fakeApp();
  const clock = fakeClock();
  const complaint = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const leaving = installQuit(
    { app, signals: new EventEmitter(), clock },
    () => new Promise(() => undefined),
  );
  expect(leaving.isUnderWay()).toBe(false);
  app.quit();
  expect(leaving.isUnderWay()).toBe(true);
  await clock.advanceMs(19_999);
  expect(state.hasLeft).toBe(false);
  await clock.advanceMs(1);
  expect(state.hasLeft).toBe(true);
  expect(complaint).toHaveBeenCalledOnce();
  complaint.mockRestore();
});
