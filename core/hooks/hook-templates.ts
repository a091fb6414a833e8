import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { HOOK_NAMES, type HookTemplate } from './hook-text.ts';

/** The templates that the product ships in `resources/hooks/`. */
export async function readHookTemplates(resourcesDir: string): Promise<HookTemplate[]> {
  const read = (name: string): Promise<string> => readFile(join(resourcesDir, 'hooks', name), 'utf8');
  const common = await read('common.sh');
  return Promise.all(HOOK_NAMES.map(async (name) => ({ name, text: await read(`${name}.sh`), common })));
}
