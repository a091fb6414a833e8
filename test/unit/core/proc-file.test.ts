import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createProcFile } from '../../../core/proc-file.ts';

let dir = '';
beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'proc-'))));
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('a file of the kernel that stays open', () => {
  it('is read anew from its start each time, up to so many bytes', () => {
    const path = join(dir, 'stat');
    writeFileSync(path, 'cpu 1 2');
    const file = createProcFile(path, 10);
    expect(file.text()).toBe('cpu 1 2');
    appendFileSync(path, ' 3 4 5 6');
    expect(file.text()).toBe('cpu 1 2 3 ');
    file.close();
    expect(file.text()).toBe('cpu 1 2 3 ');
    file.close();
  });

  it('is null while it is not there, and comes back', () => {
    const path = join(dir, 'route');
    const file = createProcFile(path, 100);
    expect(file.text()).toBeNull();
    writeFileSync(path, 'Iface');
    expect(file.text()).toBe('Iface');
    file.close();
  });

  it.skipIf(process.platform !== 'linux')('gives the whole of a long one that comes in parts', () => {
    const maps = createProcFile('/proc/self/maps', 1024 * 1024);
    const text = maps.text() ?? '';
    expect(text.length).toBeGreaterThan(4096);
    expect(text.endsWith('\n')).toBe(true);
    maps.close();
  });
});
