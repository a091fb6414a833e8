/** The commands of one repository that its workflow runs. Each is one line of sh. */
export interface WorkflowCommands {
  /** Makes `orch` and the checks runnable, e.g. "npm ci --ignore-scripts". */
  readonly prepare: string;
  /** For every change. */
  readonly lint: string;
  /** For every change that is not safe. */
  readonly test: string;
  /** How `orch` is called; a command that is not there makes every change one for a person. */
  readonly orch: string;
}

/** For a repository with npm that names the product among its packages; asks no registry for it. */
export const NPM_COMMANDS: WorkflowCommands = {
  prepare: 'npm ci --ignore-scripts',
  lint: 'npm run --if-present lint',
  test: 'npm test --if-present',
  orch: 'npx --no-install orch',
};

/** Why a command cannot stand in the workflow, or null. GitHub would read `${{` before the shell does. */
export function commandComplaint(command: string): string | null {
  if (command.trim() === '') return 'is empty';
  if (/[\r\n]/.test(command)) return 'must be one line';
  if (command.includes('${{')) return 'may not hold ${{, which GitHub would replace';
  return null;
}

/** The workflow with a repository's own commands. */
export function workflowText(template: string, commands: WorkflowCommands): string {
  return template.replace(
    /@(prepare|lint|test|orch)@/g,
    (_whole, name: keyof WorkflowCommands) => commands[name],
  );
}
