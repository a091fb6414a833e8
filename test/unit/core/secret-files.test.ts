import { chmodSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createSecretFiles } from '../../../core/secret-files.ts';

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'orch-secrets-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const dir = () => join(home, 'secrets');
const path = () => join(dir(), 'slack-webhook');
const secrets = () => createSecretFiles(dir(), 'linux');

describe('secrets in files', () => {
  it('are kept for the person alone, also over a file that was open to all', () => {
    secrets().put('slack-webhook', 'first');
    chmodSync(path(), 0o644);
    secrets().put('slack-webhook', 'hush');
    expect(statSync(path()).mode & 0o777).toBe(0o600);
    expect(statSync(dir()).mode & 0o777).toBe(0o700);
    expect(secrets().read('slack-webhook')).toBe('hush');
    expect(secrets().read('smtp-password')).toBeNull();
  });

  it.each([0o640, 0o604, 0o666])(
    'that others may read (%o) are not used, and it is said without them',
    (mode) => {
      secrets().put('slack-webhook', 'hush');
      chmodSync(path(), mode);
      expect(() => secrets().read('slack-webhook')).toThrow(
        /slack-webhook can be read by others: chmod 600 it/,
      );
      const states = secrets().states();
      expect(states[0]).toMatchObject({ name: 'slack-webhook', isSet: true });
      expect(JSON.stringify(states)).not.toContain('hush');
    },
  );

  it('are never followed to elsewhere, and hold one line', () => {
    secrets().put('slack-webhook', 'x');
    rmSync(path());
    writeFileSync(join(home, 'other'), 'hush', { mode: 0o600 });
    symlinkSync(join(home, 'other'), path());
    expect(() => secrets().read('slack-webhook')).toThrow(/cannot be read/);
    rmSync(path());
    writeFileSync(path(), 'a\nb', { mode: 0o600 });
    expect(() => secrets().read('slack-webhook')).toThrow(/one line/);
    writeFileSync(path(), 'x'.repeat(5000), { mode: 0o600 });
    expect(() => secrets().read('slack-webhook')).toThrow(/more than a secret/);
  });

  it('that cannot be written say where, not what', () => {
    writeFileSync(dir(), 'a file in the way');
    expect(() => secrets().put('slack-webhook', 'hush')).toThrow(/cannot be written \(EEXIST|ENOTDIR/);
    expect(() => secrets().put('slack-webhook', 'hush')).not.toThrow(/hush/);
  });

  it('go away', () => {
    secrets().put('slack-webhook', 'hush');
    secrets().remove('slack-webhook');
    secrets().remove('slack-webhook');
    expect(secrets().read('slack-webhook')).toBeNull();
  });
});
