import { lstat, mkdir, readFile, readlink, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { writeFileAtomic } from '../atomic-file.ts';
import { hookText, isOurHook, keptShellOf, type HookFacts, type HookTemplate } from './hook-text.ts';

/**
 * A foreign hook is kept beside ours under this name, and called by it. No dot: Node refuses a script whose ending it
 * does not know where the package is of type "module".
 */
export const KEPT_ENDING = '-orch-kept';
/** Where lefthook and pre-commit put a hook they find: ours may lie there after they were installed over it. */
const PUT_ASIDE_ENDINGS = ['.old', '.legacy'];
const HOOK_MODE = 0o755;
const MAX_SIZE_BYTES = 16 * 1024 * 1024;

export type SlotState = 'ours' | 'outdated' | 'not-executable' | 'foreign' | 'none';

export interface SlotView {
  readonly name: string;
  readonly state: SlotState;
  /** Whether a hook that was here before is kept and called. */
  readonly hasKept: boolean;
  /** Installed with --strict. */
  readonly isStrict: boolean;
}

/** What stands in one place of a hooks folder. */
export async function viewSlot(dir: string, template: HookTemplate, facts: HookFacts): Promise<SlotView> {
  const { name } = template;
  const kept = await found(join(dir, `${name}${KEPT_ENDING}`));
  const current = await found(join(dir, name));
  const isStrict = current !== null && isOurHook(current.text) && current.text.includes("\nstrict='1'\n");
  const state = (): SlotState => {
    if (current === null) return 'none';
    if (!isOurHook(current.text)) return 'foreign';
    if (!current.isExecutable) return 'not-executable';
    const wanted = hookText(template, { ...facts, strict: isStrict }, keptShellOf(kept?.text ?? ''));
    return withoutPrograms(current.text) === withoutPrograms(wanted) ? 'ours' : 'outdated';
  };
  return { name, state: state(), hasKept: kept !== null && state() !== 'foreign', isStrict };
}

/** Which programs were found depends on who looks; hooks that differ in no more are the same. */
function withoutPrograms(text: string): string {
  return text.replace(/^(?:node|perl|curl)=.*$/gm, '');
}

/**
 * Puts our hook in place and keeps a foreign one beside it. Done twice it changes nothing. Throws the file
 * system's error; then either the old hook or ours is in place.
 */
export async function fillSlot(dir: string, template: HookTemplate, facts: HookFacts): Promise<void> {
  const path = join(dir, template.name);
  const keptPath = `${path}${KEPT_ENDING}`;
  await mkdir(dir, { recursive: true });
  await leaveChains(path);
  const current = await found(path);
  // A foreign hook here now is newer than the one kept earlier: its tool was installed again.
  if (current !== null && !isOurHook(current.text)) await rename(path, keptPath);
  const kept = await found(keptPath);
  if (kept !== null && isOurHook(kept.text)) await rm(keptPath);
  const keptShell = kept === null || isOurHook(kept.text) ? '' : keptShellOf(kept.text);
  await writeFileAtomic(path, hookText(template, facts, keptShell), HOOK_MODE);
}

/** Takes ours away and puts the kept hook back as it was. True when there was something to do. */
export async function emptySlot(dir: string, name: string): Promise<boolean> {
  const path = join(dir, name);
  const keptPath = `${path}${KEPT_ENDING}`;
  const hadAside = await leaveChains(path);
  const current = await found(path);
  const kept = await found(keptPath);
  const isOurs = current !== null && isOurHook(current.text);
  if (kept !== null && (isOurs || current === null)) {
    await rename(keptPath, path);
    return true;
  }
  // Another tool has written its hook over ours since; what was kept from before is older than that.
  if (kept !== null) await rm(keptPath);
  if (isOurs) await rm(path);
  return hadAside || isOurs || kept !== null;
}

/**
 * Takes ours out of where another tool put it when it wrote its own hook over it. What we had kept takes its place
 * there, as if we had never been.
 */
async function leaveChains(path: string): Promise<boolean> {
  let left = false;
  for (const ending of PUT_ASIDE_ENDINGS) {
    const aside = await found(`${path}${ending}`);
    if (aside === null || !isOurHook(aside.text)) continue;
    const current = await found(path);
    const kept = await found(`${path}${KEPT_ENDING}`);
    const isOverwritten = current !== null && !isOurHook(current.text);
    if (kept !== null && isOverwritten && kept.text !== current.text)
      await rename(`${path}${KEPT_ENDING}`, `${path}${ending}`);
    else await rm(`${path}${ending}`);
    left = true;
  }
  return left;
}

/** The text of a hook; empty for a program that is no text. Null when nothing is there. */
async function found(path: string): Promise<{ text: string; isExecutable: boolean } | null> {
  try {
    const stats = await lstat(path);
    const isExecutable = (stats.mode & 0o100) !== 0;
    // A link is somebody else's, wherever it leads.
    if (stats.isSymbolicLink()) return { text: `-> ${await readlink(path)}`, isExecutable };
    if (!stats.isFile()) throw new Error(`${path} is not a file`);
    return { text: stats.size > MAX_SIZE_BYTES ? '' : await readFile(path, 'utf8'), isExecutable };
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  }
}
