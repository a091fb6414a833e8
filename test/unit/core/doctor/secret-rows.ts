import type { CheckStatus } from '../../../../core/doctor/check.ts';
import type { FakeMachine } from '../../../fakes/fake-doctor-ports.ts';
import { SNAPSHOT, snapshotText, STATE } from './check-machines.ts';

const plain = `${STATE}/secrets/slack-webhook`;
const sealed = `${STATE}/secrets/manus-key.sealed`;
const told = (code: string, text: string) => ({
  [SNAPSHOT]: { text: snapshotText([], undefined, [{ code, text }]) },
});

/** Rows of the check table about secrets. */
export const SECRET_ROWS: readonly [string, string, FakeMachine, CheckStatus, RegExp][] = [
  ['secrets', 'none', {}, 'not-applicable', /None is set/],
  ['secrets', 'a file', { files: { [plain]: { mode: 0o600 } } }, 'ok', /only you can read: slack-webhook\./],
  ['secrets', 'an encrypted one', { files: { [sealed]: { mode: 0o600 } } }, 'ok', /keychain: manus-key\./],
  [
    'secrets',
    'one for all to see',
    { files: { [plain]: { mode: 0o644 } } },
    'problem',
    /chmod 600 .*slack-webhook/,
  ],
  [
    'secrets',
    'an encrypted one for all to see',
    { files: { [sealed]: { mode: 0o640 } } },
    'problem',
    /chmod 600 .*manus-key\.sealed/,
  ],
  [
    'secrets',
    'a desktop without a keychain',
    {
      files: {
        [plain]: { mode: 0o600 },
        ...told('secret-kept', 'Not encrypted: this desktop has no keychain.'),
      },
    },
    'warning',
    /no keychain[^]*gnome-keyring/,
  ],
  [
    'secrets',
    'one that is locked to the desktop app',
    {
      files: {
        [sealed]: { mode: 0o600 },
        ...told('secret-problem', 'manus-key is locked to the desktop app.'),
      },
    },
    'problem',
    /Set them again[^]*locked to the desktop app/,
  ],
];
