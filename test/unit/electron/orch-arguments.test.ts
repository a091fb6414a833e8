import { describe, expect, it } from 'vitest';

import { orchArguments } from '../../../electron/orch-arguments.ts';

const program = '/opt/Meta-Orchestrator/meta-orchestrator';

describe('the packaged program', () => {
  it.each([
    ['nothing', []],
    ['a file', ['/tmp/a']],
    ['the switch in another place', ['--no-sandbox', '--orch', 'status']],
    ['the switch behind the end of switches', ['--', '--orch', 'status']],
  ])('is the shell when started with %s', (_, args) => {
    expect(orchArguments([program, ...args])).toBeNull();
  });

  it.each([
    [['--orch'], []],
    [
      ['--orch', 'status', '--json'],
      ['status', '--json'],
    ],
    [['--orch', '--help'], ['--help']],
    [['--orch', '--', '--help'], ['--help']],
    [
      ['--orch', '--no-sandbox', '--log-level=3', '--', 'run', '--', 'make', '-j'],
      ['run', '--', 'make', '-j'],
    ],
    [
      ['--orch', 'run', '--', 'make'],
      ['run', '--', 'make'],
    ],
    [
      ['--orch', '--', '--', 'x'],
      ['--', 'x'],
    ],
  ])('started with %j is orch with %j', (args, orch) => {
    expect(orchArguments([program, ...args])).toEqual(orch);
  });
});
