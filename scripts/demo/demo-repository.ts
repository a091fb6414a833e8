import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A git repository of the demo with a bare remote beside it; nothing of the person's git settings is read. */
export interface DemoRepository {
  readonly dir: string;
  /** What is deployed: the remote puts there whatever is pushed to main. */
  readonly deployedDir: string;
  /** Writes files, commits and pushes them; the new commit's hash. */
  commit(message: string, files: Readonly<Record<string, string>>): string;
}

export function createDemoRepository(parentDir: string, name: string): DemoRepository {
  const dir = join(parentDir, name);
  const remoteDir = join(parentDir, 'remotes', `${name}.git`);
  const deployedDir = join(parentDir, 'deployed', name);
  mkdirSync(deployedDir, { recursive: true });
  mkdirSync(dir, { recursive: true });
  mkdirSync(remoteDir, { recursive: true });
  const nowhere = process.platform === 'win32' ? 'NUL' : '/dev/null';
  const env = {
    ...process.env,
    GIT_CONFIG_GLOBAL: nowhere,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
  };
  const git = (cwd: string, ...args: string[]): string =>
    execFileSync('git', args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();

  git(remoteDir, 'init', '--quiet', '--bare', '--initial-branch=main');
  const deploy = `#!/bin/sh\nexec git --work-tree='${deployedDir}' checkout --quiet --force main\n`;
  writeFileSync(join(remoteDir, 'hooks/post-receive'), deploy, { mode: 0o755 });
  git(dir, 'init', '--quiet', '--initial-branch=main');
  git(dir, 'config', 'user.name', 'Demo');
  git(dir, 'config', 'user.email', 'demo@example.invalid');
  git(dir, 'remote', 'add', 'origin', remoteDir);
  // What the product writes there is no part of the project.
  writeFileSync(join(dir, '.git/info/exclude'), '.consciousness_report.json\n.orchestrator_report.json\n');
  return {
    dir,
    deployedDir,
    commit(message, files) {
      // A rollback may have been pushed meanwhile.
      if (existsSync(join(dir, '.git/refs/remotes/origin/main'))) git(dir, 'pull', '--quiet', '--ff-only');
      for (const [path, text] of Object.entries(files)) writeFileSync(join(dir, path), text);
      git(dir, 'add', '--all');
      git(dir, 'commit', '--quiet', '--allow-empty', '--message', message);
      git(dir, 'push', '--quiet', '--set-upstream', 'origin', 'main');
      return git(dir, 'rev-parse', 'HEAD');
    },
  };
}
