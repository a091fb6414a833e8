import ts from 'typescript';

export interface ModuleImport {
  /** As written; null for an `import()` of a computed name. */
  readonly specifier: string | null;
  /** True where nothing of it is left at run time. */
  readonly typeOnly: boolean;
  /** True for `import()` and `require()`: loaded only when that line runs. */
  readonly lazy: boolean;
  readonly line: number;
}

/** Every way a file reaches another: import, export from, import(), require(), import types. */
export function importsOf(path: string, text: string): ModuleImport[] {
  const source = ts.createSourceFile(
    path,
    text,
    ts.ScriptTarget.Latest,
    true,
    path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  );
  const found: ModuleImport[] = [];
  const add = (node: ts.Node, name: ts.Node | undefined, typeOnly: boolean, lazy = false): void => {
    found.push({
      specifier: name !== undefined && ts.isStringLiteralLike(name) ? name.text : null,
      typeOnly,
      lazy,
      line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1,
    });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      // `import { type X }` keeps the import itself at run time; only `import type` leaves nothing.
      add(node, node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    } else if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined) {
      add(node, node.moduleSpecifier, node.isTypeOnly);
    } else if (ts.isExternalModuleReference(node)) {
      add(node, node.expression, node.parent.isTypeOnly);
    } else if (ts.isImportTypeNode(node)) {
      add(node, ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, true);
    } else if (ts.isCallExpression(node) && isLoader(node.expression)) {
      add(node, node.arguments[0], false, true);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isLoader(callee: ts.Expression): boolean {
  return (
    callee.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && callee.text === 'require')
  );
}
