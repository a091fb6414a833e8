import { join } from 'node:path';

import ts from 'typescript';

import type { Command, CommandIo } from '../cli/command.ts';

export interface ListedCommand {
  readonly name: string;
  readonly summary: string;
  /** Module below cli/, and the name under which it exports the command. */
  readonly module: string;
  readonly exported: string;
}

const HEADER = `# \`orch\`

Data goes to stdout, words for the person to stderr. Every command has \`--help\` and \`--json\` (with \`schemaVersion\`). A flag wins
over the environment, the environment over \`config.yaml\`.

- Exit 0: allow, or ok.
- Exit 1: block, or a check failed.
- Exit 2: wrong usage, or settings that cannot be used.
- Exit 3: unknown: no core, or no data.
- Exit 4: throttle: a person confirms.

In the environment:

- \`ORCH_HOME\`: one folder for settings and state.
- \`ORCH_SYSFS\`: a root in place of \`/sys\`.
- \`ORCH_PORT\`: port of the endpoint; 0 picks any free one.
- \`ORCH_DISABLE_HOOKS=1\`: git hooks do nothing.
- \`NO_COLOR\`: no colour.

\`node scripts/write-pages.ts\` writes this page from the commands' own help; a test holds it.
`;

/** The commands that the source of cli/orch.ts lists in COMMANDS, in order. Throws when it has no such list. */
export function listedCommands(orchSource: string): ListedCommand[] {
  const source = ts.createSourceFile('orch.ts', orchSource, ts.ScriptTarget.Latest, true);
  const list = source.statements
    .filter((statement) => ts.isVariableStatement(statement))
    .flatMap((statement) => [...statement.declarationList.declarations])
    .find((declaration) => declaration.name.getText() === 'COMMANDS')?.initializer;
  if (list === undefined || !ts.isObjectLiteralExpression(list))
    throw new Error('cli/orch.ts lists no COMMANDS');
  return list.properties.map((property) => {
    const text = property.getText();
    const [, module = '', exported = ''] = /import\('\.\/([^']+)'\)\)\.(\w+)/.exec(text) ?? [];
    const [, , summary = ''] = /summary: (['"])((?:(?!\1).)*)\1/.exec(text) ?? [];
    return { name: property.name?.getText().replace(/['"]/g, '') ?? '', summary, module, exported };
  });
}

/** What `orch NAME --help` prints. */
export async function helpOf({ module, exported }: ListedCommand, cliDir: string): Promise<string> {
  const commands = (await import(join(cliDir, module))) as Record<string, Command>;
  let said = '';
  // Help is asked for before anything else is looked at, so nothing else is there.
  const io = { out: (text: string) => (said += text), err: (text: string) => (said += text), env: {} };
  await commands[exported]?.(['--help'], io as unknown as CommandIo);
  return said;
}

/** docs/cli.md: a section a command, with its help as it is printed. */
export async function cliPage(orchSource: string, cliDir: string): Promise<string> {
  const sections: string[] = [];
  for (const command of listedCommands(orchSource)) {
    const help = (await helpOf(command, cliDir)).trimEnd();
    const summary = command.summary.charAt(0).toUpperCase() + command.summary.slice(1);
    sections.push(
      `## orch ${command.name}\n\n${summary}${/[.?]$/.test(summary) ? '' : '.'}\n\n\`\`\`text\n${help}\n\`\`\`\n`,
    );
  }
  return `${HEADER}\n${sections.join('\n')}`;
}
