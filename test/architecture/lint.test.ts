import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';

import { ROOT } from './repository.ts';

const eslint = new ESLint({ cwd: ROOT });

/** The rules that refuse `text` as if it stood in an existing file. */
async function refusals(filePath: string, text: string): Promise<string[]> {
  const [result] = await eslint.lintText(text, { filePath });
  const messages = result?.messages ?? [];
  const broken = messages.find((message) => message.fatal === true);
  if (broken !== undefined) throw new Error(`${filePath}: ${broken.message}`);
  return messages.map((message) => message.ruleId ?? 'none');
}

const SHARED = 'shared/view/quantities.ts';
const CORE = 'core/clock.ts';

describe('eslint', () => {
  it.each([
    ['Date.now()', 'export const at = (): number => Date.now();\n'],
    ['new Date()', 'export const at = (): Date => new Date();\n'],
    ['Date()', 'export const at = (): string => Date();\n'],
    ['Math.random()', 'export const chance = (): number => Math.random();\n'],
    ['a module-level let', 'let count = 0;\nexport const next = (): number => ++count;\n'],
  ])('refuses %s in shared and in the core', async (_what, text) => {
    expect(await refusals(SHARED, text)).toContain('no-restricted-syntax');
    expect(await refusals(CORE, text)).toContain('no-restricted-syntax');
  });

  it.each(['Math.random', 'Date.now'])('refuses %s in shared even as a value', async (name) => {
    expect(await refusals(SHARED, `export const ask = (): (() => number) => ${name};\n`)).toContain(
      'no-restricted-syntax',
    );
  });

  it('accepts the real clock in its one place, and a date made from a given instant', async () => {
    const realClock = 'export const at = (): number => Date.now();\n';
    const givenInstant = 'export const iso = (ms: number): string => new Date(ms).toISOString();\n';
    expect(await refusals('core/system-clock.ts', realClock)).not.toContain('no-restricted-syntax');
    expect(await refusals(SHARED, givenInstant)).toEqual([]);
  });

  it.each(['electron', 'electron/main', 'electron-store'])('refuses %s outside electron/', async (name) => {
    const text = `import * as shell from '${name}';\n\nexport const held = shell;\n`;
    expect(await refusals(CORE, text)).toContain('no-restricted-imports');
    expect(await refusals('shared/view/quantities.ts', text)).toContain('no-restricted-imports');
  });

  it('refuses a promise nobody waits for', async () => {
    const text = 'export function start(run: () => Promise<void>): void {\n  run();\n}\n';
    expect(await refusals(CORE, text)).toContain('@typescript-eslint/no-floating-promises');
  });
});
