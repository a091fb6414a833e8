import { EventEmitter } from 'node:events';

import { expect, it } from 'vitest';

import { takeSingleInstance } from '../../../electron/single-instance.ts';

function fakeApp(hasLock: boolean) {
  return Object.assign(new EventEmitter(), {
    requestSingleInstanceLock: () => hasLock,
  }) as never as EventEmitter & Parameters<typeof takeSingleInstance>[0];
}

it('leaves to the one that runs', () => {
  expect(takeSingleInstance(fakeApp(false))).toBeNull();
});

it('hears of later starts, also of one before anybody listened', () => {
  const app = fakeApp(true);
  const instance = takeSingleInstance(app);
  let starts = 0;
  app.emit('second-instance');
  instance?.onSecondStart(() => (starts += 1));
  expect(starts).toBe(1);
  app.emit('second-instance');
  expect(starts).toBe(2);
});
