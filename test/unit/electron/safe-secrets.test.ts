import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createSecretFiles } from '../../../core/secret-files.ts';
import { secretNotes } from '../../../core/secret-notes.ts';
import { SecretProblem, type Secrets } from '../../../core/secrets.ts';
import { createSafeSecrets, type SafeSecrets } from '../../../electron/safe-secrets.ts';
import { SECRET_NAMES, type SecretName } from '../../../shared/contract/secrets.ts';
import { fakeSafeStorage, type FakeKeychain } from '../../fakes/fake-safe-storage.ts';

const HUSH = 'hush-hüsh "quoted"';
let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'orch-safe-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const dir = (): string => join(home, 'secrets');
const plainPath = (name: SecretName): string => join(dir(), name);
const sealedPath = (name: SecretName): string => join(dir(), `${name}.sealed`);
const headless = (): Secrets => createSecretFiles(dir(), 'linux');
function shell(
  change: Partial<FakeKeychain> = {},
  platform = 'linux',
): { readonly secrets: SafeSecrets; readonly keychain: FakeKeychain } {
  const { keychain, safeStorage } = fakeSafeStorage(change);
  return { keychain, secrets: createSafeSecrets({ dir: dir(), platform, safeStorage }) };
}
const stateOf = (secrets: Secrets, wanted: SecretName) =>
  secrets.states().find(({ name }) => name === wanted);
const everyByte = (): string =>
  readdirSync(dir())
    .map((name) => readFileSync(join(dir(), name), 'latin1'))
    .join('\n');

describe('secrets of a core that the shell hosts', () => {
  it('are encrypted by the keychain, in files of the person alone, and come back in another run', () => {
    const { secrets, keychain } = shell();
    expect(secrets.read('slack-webhook')).toBeNull();
    // macOS asks the person before an app may use the keychain.
    expect(keychain.askedCount).toBe(0);
    secrets.put('slack-webhook', HUSH);
    expect(readdirSync(dir())).toEqual(['slack-webhook.sealed']);
    expect(statSync(sealedPath('slack-webhook')).mode & 0o777).toBe(0o600);
    expect(everyByte()).not.toContain('hush');
    expect(shell().secrets.read('slack-webhook')).toBe(HUSH);
    expect(stateOf(secrets, 'slack-webhook')).toEqual({
      name: 'slack-webhook',
      isSet: true,
      problem: null,
      keptIn: 'keychain',
      note: null,
    });
    expect(secretNotes(secrets)).toEqual([]);
    secrets.remove('slack-webhook');
    expect([secrets.read('slack-webhook'), readdirSync(dir())]).toEqual([null, []]);
  });

  it('ask no keychain in a round of the loop, and none where there is no secret', () => {
    const { secrets, keychain } = shell();
    secrets.takeOver();
    expect(secrets.states().map(({ isSet, keptIn }) => [isSet, keptIn])).toEqual(
      SECRET_NAMES.map(() => [false, 'keychain']),
    );
    headless().put('manus-key', HUSH);
    expect(secretNotes(secrets)).toEqual([]);
    expect(keychain.askedCount).toBe(0);
    secrets.takeOver();
    expect(readdirSync(dir())).toEqual(['manus-key.sealed']);
    const asked = keychain.askedCount;
    expect(secretNotes(secrets)).toEqual([]);
    expect(keychain.askedCount).toBe(asked);
  });

  it.each(['linux', 'darwin', 'win32'])('take plain ones over on %s, every one of them', (platform) => {
    for (const name of SECRET_NAMES) headless().put(name, `hush ${name}`);
    const { secrets } = shell({}, platform);
    for (const name of SECRET_NAMES) {
      expect(stateOf(secrets, name)).toMatchObject({ isSet: true, keptIn: 'keychain', note: null });
      expect(existsSync(plainPath(name))).toBe(false);
      expect(secrets.read(name)).toBe(`hush ${name}`);
    }
    expect(everyByte()).not.toContain('hush');
  });

  it('keep the plain one, in use, while the encrypted one does not read back', () => {
    headless().put('smtp-password', HUSH);
    const { secrets, keychain } = shell({ isBroken: true });
    expect(secrets.read('smtp-password')).toBe(HUSH);
    expect(readdirSync(dir())).toEqual(['smtp-password']);
    expect(stateOf(secrets, 'smtp-password')).toMatchObject({ problem: null, keptIn: 'file' });
    expect(secretNotes(secrets)).toEqual([
      {
        code: 'secret-kept',
        text: expect.stringMatching(/not encrypted: the desktop's keychain did not/) as unknown,
      },
    ]);
    expect(() => secrets.put('github-token', HUSH)).toThrow(/github-token did not read back/);
    expect(existsSync(plainPath('github-token'))).toBe(false);
    keychain.isBroken = false;
    expect(secrets.read('smtp-password')).toBe(HUSH);
    expect(readdirSync(dir())).toEqual(['smtp-password.sealed']);
  });

  it('never overwrite one that works with one that does not', () => {
    const { secrets, keychain } = shell();
    secrets.put('manus-key', 'old');
    keychain.isBroken = true;
    expect(() => secrets.put('manus-key', 'new')).toThrow(SecretProblem);
    keychain.isBroken = false;
    expect(secrets.read('manus-key')).toBe('old');
  });

  it('do not take over a plain one that others can read', () => {
    headless().put('slack-webhook', HUSH);
    chmodSync(plainPath('slack-webhook'), 0o644);
    const { secrets } = shell();
    expect(() => secrets.read('slack-webhook')).toThrow(/can be read by others: chmod 600/);
    expect(existsSync(plainPath('slack-webhook'))).toBe(true);
  });

  it.each<[string, Partial<FakeKeychain>, string, RegExp]>([
    ['there is none', { backend: 'basic_text' }, 'linux', /not encrypted: this desktop has no keychain\.$/],
    ['it is locked', { isAvailable: false }, 'linux', /not encrypted: this desktop's keychain is locked/],
    ['it is locked', { isAvailable: false, backend: 'basic_text' }, 'darwin', /keychain is locked/],
  ])('are plain files where %s (%o), and that is said in one line', (_what, change, platform, said) => {
    const { secrets } = shell(change, platform);
    secrets.put('slack-webhook', HUSH);
    secrets.put('manus-key', HUSH);
    expect(readdirSync(dir()).sort()).toEqual(['manus-key', 'slack-webhook']);
    expect(statSync(plainPath('manus-key')).mode & 0o777).toBe(0o600);
    expect(secrets.read('slack-webhook')).toBe(HUSH);
    expect(stateOf(secrets, 'github-token')).toMatchObject({ isSet: false, keptIn: 'file' });
    expect(secretNotes(secrets)).toEqual([
      { code: 'secret-kept', text: expect.stringMatching(said) as unknown },
    ]);
  });

  it.each<[string, Partial<FakeKeychain>, RegExp]>([
    ['another key', { key: 0x33 }, /another keychain.*set it again/],
    ['a wrong key that no check finds', { key: 0x33, isUnchecked: true }, /another keychain/],
    ['no keychain any more', { backend: 'basic_text' }, /no keychain.*or set it again/],
    ['a locked keychain', { isAvailable: false }, /locked.*unlock or start the keychain/],
  ])('that cannot be decrypted (%s) are an error that says what to do', (_what, change, said) => {
    shell().secrets.put('slack-webhook', HUSH);
    const { secrets, keychain } = shell(change);
    expect(() => secrets.read('slack-webhook')).toThrow(SecretProblem);
    expect(() => secrets.read('slack-webhook')).toThrow(said);
    expect(stateOf(secrets, 'slack-webhook')).toMatchObject({ isSet: true, keptIn: 'keychain' });
    expect(secretNotes(secrets)).toEqual([
      { code: 'secret-problem', text: expect.stringMatching(said) as unknown },
    ]);
    expect(JSON.stringify(secrets.states())).not.toMatch(/hush/);
    // What it says helps.
    secrets.put('slack-webhook', 'anew');
    expect(secrets.read('slack-webhook')).toBe('anew');
    expect(readdirSync(dir())).toHaveLength(1);
    expect(keychain.key).toBe(change.key ?? 0x5a);
  });

  it.each([
    ['empty', ''],
    ['of something else', 'bm90aGluZw=='],
    ['of zeros', '\u0000\u0001'],
    ['of two lines', 'two\nlines'],
    ['too long', 'x'.repeat(50_000)],
  ])('in a damaged file (%s) are an error, never empty', (_what, text) => {
    const { secrets } = shell();
    secrets.put('slack-webhook', HUSH);
    writeFileSync(sealedPath('slack-webhook'), text);
    expect(() => secrets.read('slack-webhook')).toThrow(SecretProblem);
    expect(stateOf(secrets, 'slack-webhook')?.problem).not.toBeNull();
  });

  it('are of no use under the name of another', () => {
    const { secrets } = shell();
    secrets.put('slack-webhook', HUSH);
    writeFileSync(sealedPath('smtp-password'), readFileSync(sealedPath('slack-webhook')), { mode: 0o600 });
    expect(() => secrets.read('smtp-password')).toThrow(/set it again/);
  });

  it('are locked to the app for a headless core, which says so and takes a new one', () => {
    shell().secrets.put('slack-webhook', HUSH);
    const files = headless();
    const said = /slack-webhook is locked to the desktop app.*host the core, or set it again/;
    expect(() => files.read('slack-webhook')).toThrow(said);
    expect(secretNotes(files)).toEqual([
      { code: 'secret-problem', text: expect.stringMatching(said) as unknown },
    ]);
    files.put('slack-webhook', 'anew');
    expect([files.read('slack-webhook'), readdirSync(dir())]).toEqual(['anew', ['slack-webhook']]);
    // And back again: the newer one counts.
    expect(shell().secrets.read('slack-webhook')).toBe('anew');
    expect(readdirSync(dir())).toEqual(['slack-webhook.sealed']);
    headless().remove('slack-webhook');
    expect(readdirSync(dir())).toEqual([]);
  });

  it('count as plain where an older encrypted one lies beside', () => {
    shell().secrets.put('manus-key', 'older');
    writeFileSync(plainPath('manus-key'), 'newer', { mode: 0o600 });
    expect(headless().read('manus-key')).toBe('newer');
    expect(shell().secrets.read('manus-key')).toBe('newer');
    expect(readdirSync(dir())).toEqual(['manus-key.sealed']);
  });
});
