import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** Strict enough that an injected script, style, frame, form or request goes nowhere. */
export const PAGE_CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export interface PageFile {
  readonly contentType: string;
  /** True for names that carry a content hash. */
  readonly immutable: boolean;
  read(): Promise<Buffer>;
}

/**
 * The dashboard's files by URL path. Only what was listed at the start can be asked for, so no path can climb
 * out of the folder. An unbuilt page gives an empty list.
 */
export function pageFiles(pageDir: string): ReadonlyMap<string, PageFile> {
  const files = new Map<string, PageFile>();
  for (const name of listed(pageDir)) {
    const contentType = CONTENT_TYPES[extname(name)];
    if (contentType === undefined) continue;
    const file: PageFile = {
      contentType,
      immutable: name.startsWith('assets/'),
      read: () => readFile(join(pageDir, name)),
    };
    files.set(`/${name}`, file);
    if (name === 'index.html') files.set('/', file);
  }
  return files;
}

function listed(pageDir: string): string[] {
  try {
    return readdirSync(pageDir, { recursive: true, encoding: 'utf8' }).map((name) =>
      name.replaceAll('\\', '/'),
    );
  } catch {
    return [];
  }
}
