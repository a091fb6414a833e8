import { SECRET_NAMES } from '../../../shared/contract/secrets.ts';
import { plainSecretPath, sealedSecretPath, secretsDir } from '../../secret-files.ts';
import { SECRET_NOTE } from '../../secret-notes.ts';
import { notApplicable, ok, problem, warning } from '../check.ts';
import type { DoctorCheck, DoctorPorts } from '../check.ts';

/** An older snapshot says nothing about now. */
const RECENT_MS = 10 * 60_000;

/** Whether secrets are kept from others, where they are, and whether the running core can use them. */
export const secrets: DoctorCheck = {
  id: 'secrets',
  title: 'Secrets',
  applicable: () => true,
  async check(ports) {
    const dir = secretsDir(ports.places.stateDir);
    const plain = await filesOf(ports, (name) => plainSecretPath(dir, name));
    const sealed = await filesOf(ports, (name) => sealedSecretPath(dir, name));
    const open = [...plain, ...sealed].filter(({ isOpen }) => isOpen);
    if (open.length > 0) {
      const paths = open.map(({ path }) => path).join(' ');
      return problem('A secret can be read by others and is not used.', `chmod 600 ${paths}`);
    }
    if (plain.length + sealed.length === 0) return notApplicable('None is set.');
    const said = await notesOfCore(ports);
    const textsOf = (code: string): string[] =>
      said.filter((note) => note.code === code).map(({ text }) => text);
    const problems = textsOf(SECRET_NOTE.problem);
    if (problems.length > 0)
      return problem('Some secrets cannot be used.', 'Set them again in the settings.', problems);
    const [kept] = textsOf(SECRET_NOTE.kept);
    if (kept !== undefined)
      return warning(kept, 'A keyring such as gnome-keyring or KWallet would encrypt them.');
    return ok(
      [
        ...(sealed.length > 0 ? [`Encrypted by the desktop's keychain: ${namesOf(sealed)}.`] : []),
        ...(plain.length > 0 ? [`In files that only you can read: ${namesOf(plain)}.`] : []),
      ].join(' '),
    );
  },
};

interface SecretFile {
  readonly name: string;
  readonly path: string;
  readonly isOpen: boolean;
}

async function filesOf(
  { facts, files }: DoctorPorts,
  pathOf: (name: (typeof SECRET_NAMES)[number]) => string,
): Promise<readonly SecretFile[]> {
  const found = await Promise.all(
    SECRET_NAMES.map(async (name) => ({ name, path: pathOf(name), about: await files.about(pathOf(name)) })),
  );
  return found.flatMap(({ name, path, about }) =>
    about === null ? [] : [{ name, path, isOpen: facts.platform !== 'win32' && (about.mode & 0o077) !== 0 }],
  );
}

function namesOf(found: readonly SecretFile[]): string {
  return found.map(({ name }) => name).join(', ');
}

interface ToldNote {
  readonly code: string;
  readonly text: string;
}

/** From the last snapshot's file; none when there is no file that is recent and whole. */
async function notesOfCore({ files, places, clock }: DoctorPorts): Promise<readonly ToldNote[]> {
  const text = await files.readText(places.snapshotPath);
  if (text === null) return [];
  try {
    const { at, notes } = JSON.parse(text) as { at?: unknown; notes?: unknown };
    const ageMs = clock.wallMs() - Date.parse(String(at));
    if (!(ageMs < RECENT_MS) || !Array.isArray(notes)) return [];
    return notes.map((note) => {
      const { code, text: said } = note as Partial<Record<keyof ToldNote, unknown>>;
      return { code: String(code), text: String(said) };
    });
  } catch {
    return [];
  }
}
