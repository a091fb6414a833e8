/** The hooks we write, in the order git runs them. */
export const HOOK_NAMES = ['pre-push', 'commit-msg', 'post-commit'] as const;
export type HookName = (typeof HOOK_NAMES)[number];

/** What is written into a hook, since a graphical client may start it with next to no environment. */
export interface HookFacts {
  /** Folder of endpoint.json and of the records. */
  readonly stateDir: string;
  /** Absolute path of the Node that runs `orch`, and of `orch` itself. */
  readonly nodePath: string;
  readonly orchPath: string;
  /** Null where there is none: the hook then looks on PATH, and does without if it must. */
  readonly perlPath: string | null;
  readonly curlPath: string | null;
  readonly deployBranches: readonly string[];
  readonly strict: boolean;
}

/** The same in every version, so that a later one recognises the hooks of an earlier one. */
const FINGERPRINT = 'meta-orchestrator hook';
/** Raised when the text changes in a way that matters. */
const VERSION = 1;

/** Ours by the fingerprint in its first lines, whoever renamed it. */
export function isOurHook(text: string): boolean {
  return text.split('\n', 4).some((line) => line.startsWith(`# ${FINGERPRINT} `));
}

export interface HookTemplate {
  readonly name: HookName;
  readonly text: string;
  /** What every hook begins with. */
  readonly common: string;
}

/**
 * The hook's final text. `keptShell` is how a shell script that was here before is run ("/bin/sh -e"), empty for
 * any other program and for none.
 */
export function hookText(template: HookTemplate, facts: HookFacts, keptShell: string): string {
  const values: Readonly<Record<string, string>> = {
    fingerprint: `${FINGERPRINT} ${VERSION} ${template.name}`,
    state: quoted(facts.stateDir),
    node: quoted(facts.nodePath),
    orch: quoted(facts.orchPath),
    perl: quoted(facts.perlPath ?? ''),
    curl: quoted(facts.curlPath ?? ''),
    branches: quoted(facts.deployBranches.join(' ')),
    strict: quoted(facts.strict ? '1' : ''),
    keptShell: quoted(keptShell),
  };
  return template.text
    .replace('# @include common.sh@\n', () => template.common)
    .replace(/@([a-zA-Z]+)@/g, (whole, name: string) => values[name] ?? whole);
}

/** A word that a POSIX shell reads as exactly this text. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** Shells that keep `$0` while they read another file with `.`; zsh does not. */
const SHELLS = new Set(['sh', 'bash', 'dash', 'ash', 'ksh']);

/**
 * How to run a hook that is a shell script so that its `$0` stays what git made it, from its first line; empty for
 * every other program. Scripts look at `$0` to learn which hook they are, and renaming them would change it.
 */
export function keptShellOf(text: string): string {
  const line = /^#![ \t]*([^\r\n]+)/.exec(text)?.[1]?.trim() ?? '';
  if (!/^[A-Za-z0-9_./ -]+$/.test(line)) return '';
  const words = line.split(/\s+/);
  const program =
    words[0]?.split('/').at(-1) === 'env' ? (words[1] === '-S' ? words[2] : words[1]) : words[0];
  if (!SHELLS.has(program?.split('/').at(-1) ?? '')) return '';
  return words.filter((word) => word !== '-S').join(' ');
}
