import { chmodSync, mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { readHeaders } from '../../../../core/metrics/otlp-headers.ts';
import { createScrapeToken } from '../../../../core/metrics/scrape-token.ts';

const freshPath = (): string => join(mkdtempSync(join(tmpdir(), 'orch-secret-')), 'secret');
const written = (text: string, mode = 0o600): string => {
  const path = freshPath();
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
};

describe('the token of a scraper', () => {
  it('is made at first use for its owner alone, and is the same after a restart', async () => {
    const path = freshPath();
    await createScrapeToken().use(path);
    const text = readFileSync(path, 'utf8').trim();
    expect(text.length).toBeGreaterThanOrEqual(40);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const again = createScrapeToken();
    await again.use(path);
    expect(again.accepts(`Bearer ${text}`)).toBe(true);
    expect(again.accepts(`Bearer ${text}x`)).toBe(false);
    expect(again.accepts(`Basic ${text}`)).toBe(false);
    expect(again.accepts(undefined)).toBe(false);
  });
  it('opens nothing without a file, and no longer when the setting is gone', async () => {
    const token = createScrapeToken();
    expect(token.accepts('Bearer ')).toBe(false);
    const path = written('a-token-of-somebody-who-scrapes\n');
    await token.use(path);
    expect(token.accepts('Bearer a-token-of-somebody-who-scrapes')).toBe(true);
    await token.use(null);
    expect(token.accepts('Bearer a-token-of-somebody-who-scrapes')).toBe(false);
  });
  it.each([0o644, 0o660, 0o604])('in a file of mode %o is refused', async (mode) => {
    const token = createScrapeToken();
    const path = written('a-token-of-somebody-who-scrapes\n', mode);
    await expect(token.use(path)).rejects.toThrow(/secret can be read or changed by others/);
    expect(token.accepts('Bearer a-token-of-somebody-who-scrapes')).toBe(false);
  });
  it('may be read by the group, in which a Prometheus of the system is', async () => {
    await expect(
      createScrapeToken().use(written('a-token-of-somebody-else\n', 0o640)),
    ).resolves.toBeUndefined();
  });
  it.each(['', 'short', 'two words that are long enough', 'x'.repeat(500)])('%j is none', async (text) => {
    const path = written(text);
    await expect(createScrapeToken().use(path)).rejects.toThrow('must hold one line');
    expect(readFileSync(path, 'utf8')).toBe(text);
  });
  it('is not a folder', async () => {
    const path = freshPath();
    mkdirSync(path);
    await expect(createScrapeToken().use(path)).rejects.toThrow('is not a file');
  });
});

describe('the file of headers', () => {
  it('holds one a line', async () => {
    const text = '# Datadog\ndd-api-key: abc\r\n\nAuthorization: Basic dXNlcjpwYXNz\n';
    expect(await readHeaders(written(text))).toEqual({
      'dd-api-key': 'abc',
      Authorization: 'Basic dXNlcjpwYXNz',
    });
    expect(await readHeaders(null)).toEqual({});
  });
  it('is refused by line, without its content', async () => {
    const reading = readHeaders(written('a: b\nsecret-without-a-colon\n'));
    await expect(reading).rejects.toThrow(/secret:2 must read "Name: value"$/);
  });
  it.each(['a b: c\n', ': c\n', 'a:\n', 'a: \u0000x\n'])('%j is refused', async (text) => {
    await expect(readHeaders(written(text))).rejects.toThrow(':1 must read');
  });
  it('must be there, and private', async () => {
    await expect(readHeaders(freshPath())).rejects.toThrow('is not there');
    await expect(readHeaders(written('a: b\n', 0o644))).rejects.toThrow('chmod 600');
  });
});
