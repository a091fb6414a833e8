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

const NOTHING: PageRequest = { code: null, project: null, isTrayMissing: false };

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
    expect(taken('#project=shop')).toEqual({ asked: { ...NOTHING, project: 'shop' }, addresses: [] });
    expect(taken('#code=a&project=a%26b%3Dc&tray=missing')).toEqual({
      asked: { code: 'a', project: 'a&b=c', isTrayMissing: true },
      addresses: ['/?theme=x#project=a%26b%3Dc'],
    });
  });

  it('hears of the tray once', () => {
    expect(taken('#code=a&tray=missing')).toEqual({
      asked: { code: 'a', project: null, isTrayMissing: true },
      addresses: ['/?theme=x'],
    });
    expect(taken('#code=a&tray=there').asked.isTrayMissing).toBe(false);
  });
});
