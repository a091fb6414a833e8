import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A project folder in a temporary place. */
export interface MadeUpProject {
  readonly dir: string;
  /** Writes a file, its folders with it; `atMs` sets its time. */
  write(file: string, text: string | Uint8Array, atMs?: number): void;
  remove(): void;
}

export function madeUpProject(): MadeUpProject {
  const root = mkdtempSync(join(tmpdir(), 'orch-project-'));
  const dir = join(root, 'shop');
  mkdirSync(dir);
  return {
    dir,
    write(file, text, atMs) {
      const path = join(dir, file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
      if (atMs !== undefined) utimesSync(path, atMs / 1000, atMs / 1000);
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** An lcov tracefile with so many lines, of which so many were hit. */
export function lcovText(found: number, hit: number, source = 'src/a.ts'): string {
  const lines = Array.from({ length: found }, (_, at) => `DA:${at + 1},${at < hit ? 1 : 0}`);
  return ['TN:', `SF:${source}`, ...lines, `LF:${found}`, `LH:${hit}`, 'end_of_record', ''].join('\n');
}

/** JUnit XML with so many tests that passed, failed and were skipped. */
export function junitText(passed: number, failed = 0, skipped = 0): string {
  const cases = [
    ...Array.from({ length: passed }, (_, at) => `<testcase classname="a" name="passes ${at}" time="0.01"/>`),
    ...Array.from(
      { length: failed },
      (_, at) =>
        `<testcase classname="a" name="fails ${at}"><failure message="1 &lt; 2">at a.ts:1</failure></testcase>`,
    ),
    ...Array.from({ length: skipped }, (_, at) => `<testcase name="waits ${at}"><skipped/></testcase>`),
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n<testsuite name="a">\n${cases.join('\n')}\n</testsuite>\n</testsuites>\n`;
}
