import { describe, expect, it } from 'vitest';

import { takePageRequest } from '../../../../renderer/connection/sign-in-code.ts';
import type { PageRequest } from '../../../../renderer/connection/sign-in-code.ts';

function taken(hash: string): { asked: PageRequest; addresses: string[] } {
  const addresses: string[] = [];
  const history = {
    replaceState: (_data: unknown, _title: string, url?: string | URL | null) =>
      void addresses.push(String(url)),
  };
  const asked = takePageRequest({ hash, pathname: '/', search: '?theme=x' }, history);
  return { asked, addresses };
}

const NOW = { page: 'now', project: null, query: '' } as const;
const NOTHING: PageRequest = { code: null, route: NOW, isTrayMissing: false };
const onProject = (project: string): PageRequest['route'] => ({ page: 'project', project, query: '' });

describe('what the address asks for', () => {
  it('takes the code out of the address bar', () => {
    expect(taken('#code=a-b_c')).toEqual({ asked: { ...NOTHING, code: 'a-b_c' }, addresses: ['/?theme=x'] });
  });

  it.each(['', '#', '#now', '#tab=code', '#project='])(
    'is nothing, and the address stays, with %j',
    (hash) => {
      expect(taken(hash)).toEqual({ asked: NOTHING, addresses: [] });
    },
  );

  it('has no code when it is empty, and the address is cleaned all the same', () => {
    expect(taken('#code=')).toEqual({ asked: NOTHING, addresses: ['/?theme=x'] });
  });

  it('keeps the project in the address, where a step back finds it', () => {
    expect(taken('#project=shop')).toEqual({
      asked: { ...NOTHING, route: onProject('shop') },
      addresses: [],
    });
    expect(taken('#code=a&project=a%26b%3Dc&tray=missing')).toEqual({
      asked: { code: 'a', route: onProject('a&b=c'), isTrayMissing: true },
      addresses: ['/?theme=x#project=a%26b%3Dc'],
    });
  });

  it('keeps the page in the address as well', () => {
    expect(taken('#code=a&page=settings')).toEqual({
      asked: { code: 'a', route: { ...NOW, page: 'settings' }, isTrayMissing: false },
      addresses: ['/?theme=x#/settings'],
    });
    expect(taken('#/history?range=24h')).toEqual({
      asked: { ...NOTHING, route: { page: 'history', project: null, query: 'range=24h' } },
      addresses: [],
    });
  });

  it('hears of the tray once', () => {
    expect(taken('#code=a&tray=missing')).toEqual({
      asked: { code: 'a', route: NOW, isTrayMissing: true },
      addresses: ['/?theme=x'],
    });
    expect(taken('#code=a&tray=there').asked.isTrayMissing).toBe(false);
  });
});
