import { describe, expect, it } from 'vitest';

import { takeSignInCode } from '../../../../renderer/connection/sign-in-code.ts';

function taken(hash: string): { code: string | null; addresses: string[] } {
  const addresses: string[] = [];
  const history = {
    replaceState: (_data: unknown, _title: string, url?: string | URL | null) =>
      void addresses.push(String(url)),
  };
  const code = takeSignInCode({ hash, pathname: '/', search: '?theme=x' }, history);
  return { code, addresses };
}

describe('sign-in code', () => {
  it('is taken out of the address bar', () => {
    expect(taken('#code=a-b_c')).toEqual({ code: 'a-b_c', addresses: ['/?theme=x'] });
  });

  it.each(['', '#', '#now', '#tab=code'])('is null, and the address stays, with %j', (hash) => {
    expect(taken(hash)).toEqual({ code: null, addresses: [] });
  });

  it('is null when it is empty, and the address is cleaned all the same', () => {
    expect(taken('#code=')).toEqual({ code: null, addresses: ['/?theme=x'] });
  });
});
