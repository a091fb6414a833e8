import { expect, test } from 'vitest';

import { commandComplaint, NPM_COMMANDS, workflowText } from '../../../../core/hooks/workflow-text.ts';

test('commands go in as they are', () => {
  const commands = { ...NPM_COMMANDS, prepare: 'make $& $1 @lint@', lint: 'true' };
  expect(workflowText('run: @prepare@ / @lint@ / actions/checkout@abc', commands)).toBe(
    'run: make $& $1 @lint@ / true / actions/checkout@abc',
  );
});

test('a command of several lines, of none, or that GitHub would read first is refused', () => {
  expect(Object.values(NPM_COMMANDS).map(commandComplaint)).toEqual([null, null, null, null]);
  for (const command of ['', ' ', 'a\nb', 'a\rb', 'echo ${{ github.event.issue.title }}'])
    expect(commandComplaint(command)).not.toBeNull();
});
