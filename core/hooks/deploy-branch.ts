/** Whether a branch is one of `deployBranches`; `*` stands for any letters, also `/`, as in a shell's `case`. */
export function isDeployBranch(branch: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => expressionOf(pattern).test(branch));
}

function expressionOf(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\/-]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 'su');
}
