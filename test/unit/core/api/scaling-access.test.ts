import { describe, expect, it } from 'vitest';

import { refusal } from '../../../../core/api/guard.ts';

const rules = {
  host: '127.0.0.1:7717',
  isOpen: () => false,
  accepts: (authorization: string | undefined) => authorization === 'Bearer mine',
  acceptsScrape: (authorization: string | undefined) => authorization === 'Bearer scrape',
  acceptsScaling: (authorization: string | undefined) => authorization === 'Bearer scaling',
};
const status = (method: string, url: string, authorization: string): number | null =>
  refusal(
    {
      method,
      url,
      rawHeaders: ['Host', '127.0.0.1:7717'],
      headers: { host: '127.0.0.1:7717', authorization },
    },
    rules,
  )?.status ?? null;

describe('the token of an autoscaler', () => {
  it('opens the number of one project', () => {
    expect(status('GET', '/v1/scaling/web', 'Bearer scaling')).toBeNull();
    expect(status('GET', '/v1/scaling/web', 'Bearer mine')).toBeNull();
  });
  it.each([
    ['GET', '/v1/state'],
    ['GET', '/v1/scaling'],
    ['GET', '/metrics'],
    ['POST', '/v1/scaling/web'],
    ['GET', '/v1/scalings/web'],
  ])('opens nothing else: %s %s', (method, url) => {
    expect(status(method, url, 'Bearer scaling')).toBe(401);
  });
  it('is not that of a scraper', () => {
    expect(status('GET', '/v1/scaling/web', 'Bearer scrape')).toBe(401);
  });
});
