/** What `npm test -- ...` was asked for. */
export interface TestArguments {
  readonly projects: readonly string[];
  /** Every left-out part and skipped test is a failure. */
  readonly requireAll: boolean;
  /** Parts that may be missing nevertheless. */
  readonly without: readonly string[];
  /** Handed on to vitest as they are. */
  readonly vitestArguments: readonly string[];
  /** True when a name pattern leaves tests out on purpose. */
  readonly narrowed: boolean;
}

/** Reads `--require-all`, `--without NAME` and `--project NAME` (both repeatable); the rest is vitest's. */
export function readTestArguments(
  args: readonly string[],
  known: { readonly projects: readonly string[]; readonly parts: readonly string[] },
): TestArguments | { readonly problem: string } {
  const projects: string[] = [];
  const without: string[] = [];
  const vitestArguments: string[] = [];
  const rest = args.flatMap((arg) => {
    const split = /^(--(?:project|without))=(.*)$/.exec(arg);
    return split === null ? [arg] : [split[1] ?? '', split[2] ?? ''];
  });
  for (let at = 0; at < rest.length; at += 1) {
    const arg = rest[at] ?? '';
    if (arg === '--project' || arg === '--without') {
      const allowed = arg === '--project' ? known.projects : known.parts;
      const value = rest[++at] ?? '';
      if (!allowed.includes(value))
        return { problem: `${arg} "${value}": must be one of ${allowed.join(', ')}` };
      (arg === '--project' ? projects : without).push(value);
    } else if (arg !== '--require-all') {
      vitestArguments.push(arg);
    }
  }
  return {
    projects: projects.length === 0 ? known.projects : projects,
    requireAll: args.includes('--require-all'),
    without,
    vitestArguments,
    narrowed: vitestArguments.some((arg) => /^(-t|--testNamePattern)/.test(arg)),
  };
}
