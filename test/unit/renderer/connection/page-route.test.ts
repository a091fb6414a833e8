import { describe, expect, it } from 'vitest';

import {
  addressOf,
  NOW_ADDRESS,
  PAGE_IDS,
  pageAddress,
  routeOf,
} from '../../../../renderer/connection/page-route.ts';

describe('the page an address asks for', () => {
  it.each(PAGE_IDS.filter((id) => id !== 'project'))('finds its way back to %s', (page) => {
    expect(routeOf(addressOf(page))).toEqual({ page, project: null, query: '' });
  });

  it('keeps what the page itself is told', () => {
    const address = addressOf('decision', { id: 'a/b&c' });
    expect(address).toBe('#/decision?id=a%2Fb%26c');
    expect(new URLSearchParams(routeOf(address).query).get('id')).toBe('a/b&c');
  });

  it('is a project’s own page wherever a project is named', () => {
    expect(routeOf(pageAddress('a&b'))).toEqual({ page: 'project', project: 'a&b', query: '' });
  });

  it.each([
    '',
    '#',
    '#/',
    '#/nowhere',
    '#/project',
    '#/__proto__',
    '#/../settings',
    '#page=none',
    NOW_ADDRESS,
  ])('is the first page for %j', (hash) =>
    expect(routeOf(hash)).toEqual({ page: 'now', project: null, query: '' }),
  );
});
