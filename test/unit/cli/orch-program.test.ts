import { describe, expect, it } from 'vitest';

import { orchProgram } from '../../../cli/orch-program.ts';

const app = {
  execPath: '/opt/Meta-Orchestrator/meta-orchestrator',
  platform: 'linux',
  resourcesPath: '/opt/Meta-Orchestrator/resources',
  appImagePath: undefined,
};
const asar = new URL('file:///opt/Meta-Orchestrator/resources/app.asar/dist/');

describe('what a hook starts', () => {
  it('is Node with the built file, or with its source', () => {
    const node = { ...app, execPath: '/usr/bin/node', resourcesPath: undefined };
    expect(orchProgram(new URL('file:///usr/lib/m/dist/'), node)).toEqual({
      nodePath: '/usr/bin/node',
      orchPath: '/usr/lib/m/dist/cli/orch.js',
    });
    expect(orchProgram(new URL('file:///src/m/'), node).orchPath).toBe('/src/m/cli/orch.ts');
  });

  it('is the script beside a packaged app, which is no Node', () => {
    expect(orchProgram(asar, app)).toEqual({
      nodePath: '/bin/sh',
      orchPath: '/opt/Meta-Orchestrator/resources/bin/orch',
    });
  });

  it('is nothing where the files lie elsewhere after each start, or no script can be started', () => {
    expect(orchProgram(asar, { ...app, appImagePath: '/home/ann/M.AppImage' }).nodePath).toBe('');
    expect(orchProgram(asar, { ...app, platform: 'win32' }).nodePath).toBe('');
  });
});
