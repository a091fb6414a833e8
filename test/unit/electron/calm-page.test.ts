import { EventEmitter } from 'node:events';

import { describe, expect, it } from 'vitest';

import { createCalmPage, wantsCalm } from '../../../electron/calm-page.ts';
import { bareSnapshot } from '../../fakes/bare-snapshot.ts';

describe('whether the window keeps still', () => {
  it.each([
    [19.9, false, true],
    [20, false, false],
    [5, true, false],
    [null, false, false],
    [5, null, false],
  ])('%s %% with power from outside %s: %s', (percent, onExternalPower, isCalm) => {
    expect(wantsCalm({ ...bareSnapshot('LOW').energy, percent, onExternalPower })).toBe(isCalm);
  });

  it('is not so before anything is known', () => {
    expect(wantsCalm(undefined)).toBe(false);
  });
});

describe('a still page', () => {
  it('is still again after each load, and only as long as it must be', async () => {
    const log: string[] = [];
    const contents = Object.assign(new EventEmitter(), {
      isDestroyed: () => false,
      insertCSS: (css: string) => {
        log.push(css.includes('animation:none!important') ? 'still' : css);
        return Promise.resolve(`key${log.length}`);
      },
      removeInsertedCSS: (key: string) => Promise.resolve(void log.push(`without ${key}`)),
    });
    const page = createCalmPage();
    page.set(true);
    page.guard(contents as never);
    contents.emit('dom-ready');
    contents.emit('dom-ready');
    page.set(true);
    expect(log).toEqual(['still', 'still']);
    page.set(false);
    await Promise.resolve();
    expect(log).toEqual(['still', 'still', 'without key2']);
    contents.emit('dom-ready');
    expect(log).toHaveLength(3);
  });
});
