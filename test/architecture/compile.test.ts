import { join } from 'node:path';

import ts from 'typescript';
import { describe, expect, it } from 'vitest';

import { ROOT } from './repository.ts';

/** What the compiler says about `text` as a file of `layer`, under that layer's own tsconfig. */
function complaints(layer: string, text: string): string[] {
  const configPath = join(ROOT, layer, 'tsconfig.json');
  const { config } = ts.readConfigFile(configPath, (path) => ts.sys.readFile(path)) as { config: unknown };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, join(ROOT, layer));
  const host = ts.createCompilerHost(options);
  const sample = join(ROOT, layer, 'sample.ts');
  const readSource = host.getSourceFile.bind(host);
  host.getSourceFile = (path, target) =>
    path === sample ? ts.createSourceFile(path, text, target, true) : readSource(path, target);
  const program = ts.createProgram([sample], options, host);
  return program
    .getSemanticDiagnostics(program.getSourceFile(sample))
    .map((found) => ts.flattenDiagnosticMessageText(found.messageText, ' '));
}

const PLATFORM_GLOBALS = ['process', 'window', 'document', 'console', 'setTimeout', 'Buffer', 'fetch'];

describe('the compiler', () => {
  it('knows neither Node nor a page in shared', () => {
    const text = PLATFORM_GLOBALS.map((name, n) => `export const held${n} = ${name};`).join('\n');
    expect(complaints('shared', text)).toEqual(
      PLATFORM_GLOBALS.map((name) => expect.stringContaining(`Cannot find name '${name}'`) as string),
    );
  });

  it('accepts plain code in shared', () => {
    expect(complaints('shared', 'export const held = [1].map((n) => n.toFixed(1));')).toEqual([]);
  });

  it('knows no window in the core and no process in the page', () => {
    expect(complaints('core', 'export const held = window;')).toHaveLength(1);
    expect(complaints('renderer', 'export const held = process;')).toHaveLength(1);
  });

  it('counts a missing index and an explicit undefined as faults', () => {
    const text = `export const first = (list: number[]): number => list[0];
      export const options: { a?: number } = { a: undefined as undefined };`;
    expect(complaints('shared', text)).toHaveLength(2);
  });
});
