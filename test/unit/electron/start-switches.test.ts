import { describe, expect, it } from 'vitest';

import { forcesSandbox, refusedSwitch } from '../../../electron/start-switches.ts';

const given = (names: readonly string[]) => (name: string) => names.includes(name);

describe('switches that open the program to others', () => {
  it.each(['remote-debugging-port', 'remote-debugging-pipe', 'inspect', 'inspect-brk', 'js-flags'])(
    '--%s stops a packaged app and no other',
    (name) => {
      expect(refusedSwitch(true, given([name]))).toBe(name);
      expect(refusedSwitch(false, given([name]))).toBeNull();
    },
  );

  it('leaves an ordinary start alone', () => {
    expect(refusedSwitch(true, given(['ozone-platform']))).toBeNull();
  });
});

describe('the sandbox', () => {
  it.each([
    [true, [], true],
    [true, ['no-sandbox'], true],
    [false, [], true],
    [false, ['no-sandbox'], false],
  ] as const)('packaged %s with %j: %s', (isPackaged, names, isForced) => {
    expect(forcesSandbox(isPackaged, given(names))).toBe(isForced);
  });
});
