import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface AdrFile {
  readonly filename: string;
  readonly text: string;
}

const HEADER = `# Decisions

One file a decision, short, never rewritten: a new one replaces an old one. Copy [the template](template.md), then
\`node scripts/write-pages.ts\` writes this page; a test holds it.

`;

/** What is wrong with the form of one decision, a sentence each. */
export function adrComplaints({ filename, text }: AdrFile): string[] {
  const number = /^(\d{4})-[a-z0-9]+(-[a-z0-9]+)*\.md$/.exec(filename)?.[1];
  if (number === undefined) return [`${filename}: must be named NNNN-kebab-case.md`];
  const wanted: readonly [RegExp, string][] = [
    [new RegExp(`^# ${number}\\. \\S`), `begins with "# ${number}. Title"`],
    [
      /^Date: \d{4}-\d\d-\d\d · Status: (proposed|accepted|replaced by \d{4}) · Tags: \S/m,
      'has its second line',
    ],
    [
      /^## Context\n\n\S[^]*^## Decision\n\n\S[^]*^## Consequences\n\n\S/m,
      'has its three parts, each with text',
    ],
  ];
  return wanted.filter(([form]) => !form.test(text)).map(([, what]) => `${filename}: a decision ${what}`);
}

/** The index page, made from the decisions alone. */
export function adrIndex(files: readonly AdrFile[]): string {
  const rows = files.map(({ filename, text }) => {
    const [, number = '', title = ''] = /^# (\d{4})\. (.*)$/m.exec(text) ?? [];
    const [, status = '', tags = ''] = /· Status: (.*) · Tags: (.*)$/m.exec(text) ?? [];
    return `- [${number}](${filename}) ${title} · ${status} · ${tags}\n`;
  });
  return HEADER + rows.join('');
}

export function readAdrFiles(adrDir: string): AdrFile[] {
  return readdirSync(adrDir)
    .filter((filename) => filename.endsWith('.md') && !['README.md', 'template.md'].includes(filename))
    .sort()
    .map((filename) => ({ filename, text: readFileSync(join(adrDir, filename), 'utf8') }));
}
