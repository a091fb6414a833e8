import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import ts from 'typescript';
import { expect, it } from 'vitest';

const RENDERER = resolve(import.meta.dirname, '../../../../renderer');
/** Attributes that a person reads or hears. */
const SPOKEN = new Set(['aria-label', 'title', 'alt', 'placeholder', 'label', 'summary']);
/** Two letters in a row make a word; a lone unit or sign is none. */
const WORD = /\p{L}{2}/u;

/** Every text of `source` that stands in a component itself, with its line. */
function spokenLiterals(name: string, source: string): string[] {
  const file = ts.createSourceFile(name, source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const text = literalOf(node);
    if (text !== null && WORD.test(text)) {
      const { line } = file.getLineAndCharacterOfPosition(node.getStart());
      found.push(`${name}:${line + 1} ${text.trim()}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function literalOf(node: ts.Node): string | null {
  if (ts.isJsxText(node)) return node.text;
  const isExpression = ts.isJsxExpression(node) && !ts.isJsxAttribute(node.parent);
  if (isExpression && node.expression !== undefined && ts.isStringLiteralLike(node.expression)) {
    return node.expression.text;
  }
  if (!ts.isJsxAttribute(node) || !SPOKEN.has(node.name.getText())) return null;
  return node.initializer !== undefined && ts.isStringLiteral(node.initializer)
    ? node.initializer.text
    : null;
}

it('finds a sentence that stands in a component', () => {
  const source = `const A = () => <p aria-label="Say so" className="x">Hello {'there'} {' '} <b title="°C">W</b></p>;`;
  expect(spokenLiterals('a.tsx', source)).toEqual(['a.tsx:1 Say so', 'a.tsx:1 Hello', 'a.tsx:1 there']);
});

it('finds none on the page: every sentence is in renderer/words', () => {
  const names = readdirSync(RENDERER, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.tsx'),
  );
  expect(names.length).toBeGreaterThan(50);
  expect(names.flatMap((name) => spokenLiterals(name, readFileSync(join(RENDERER, name), 'utf8')))).toEqual(
    [],
  );
});
