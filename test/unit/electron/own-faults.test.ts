import { EventEmitter } from 'node:events';

import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { catchOwnFaults } from '../../../electron/own-faults.ts';

let log: string[];
let isLeaving: boolean;
let main: EventEmitter & { stdout: EventEmitter; stderr: EventEmitter };

beforeEach(() => {
  log = [];
  isLeaving = false;
  main = Object.assign(new EventEmitter(), { stdout: new EventEmitter(), stderr: new EventEmitter() });
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  catchOwnFaults(main, {
    isLeaving: () => isLeaving,
    leave: () => log.push('left'),
    tell: (text) => log.push(text),
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

it('says what nobody caught, once a fault, and goes on', () => {
  main.emit('uncaughtException', new Error('No such pipe.'));
  main.emit('uncaughtException', new Error('No such pipe.'));
  expect(log).toEqual(['No such pipe. The shell goes on; quit and start it again if something looks wrong.']);
  expect(console.error).toHaveBeenCalledTimes(2);
});

it('leaves at once when it was leaving anyway', () => {
  isLeaving = true;
  main.emit('uncaughtException', new Error('The value of "err" is out of range.'));
  expect(log).toEqual(['left']);
});

it('is not troubled by a terminal that is gone', () => {
  expect(() => main.stderr.emit('error', new Error('write EPIPE'))).not.toThrow();
  expect(() => main.stdout.emit('error', new Error('write EPIPE'))).not.toThrow();
});
