import { describe, expect, it } from 'vitest';

import type { ProjectState } from '../../../../shared/contract/state.ts';
import { shownProjects, worstVerdictOf } from '../../../../shared/view/shown-projects.ts';
import { statusLine, worstVerdict } from '../../../../shared/view/status-line.ts';
import { trayView } from '../../../../shared/view/tray-view.ts';
import { permissionOf } from '../../../../renderer/view/permission.ts';
import { exampleMachine, exampleProject } from '../../../e2e/example-parts.ts';
import { lowSnapshot } from '../../../e2e/example-snapshots.ts';

const goes = exampleProject({ id: 'goes' });
const waits = exampleProject({ id: 'waits' }, { feature: { verdict: 'block' } });
const hidden = { ...waits, id: 'hidden', showInTray: false };
const machine = exampleMachine({}, { infra: { verdict: 'throttle' } });

const CASES: readonly [string, readonly ProjectState[], readonly string[]][] = [
  ['projects with a folder decide, the machine does not', [goes, waits, machine], ['goes', 'waits']],
  ['one kept out of the tray does not', [goes, hidden, machine], ['goes']],
  ['with none of them the machine speaks for itself', [hidden, machine], ['infrastructure']],
  ['nothing at all decides nothing', [], []],
];

describe('the projects that decide', () => {
  it.each(CASES)('%s', (_name, projects, shown) => {
    expect(shownProjects(projects).map((project) => project.id)).toEqual(shown);
  });

  it.each(CASES)('are the same for tray, page and status bar: %s', (_name, projects, shown) => {
    const snapshot = lowSnapshot({ projects: [...projects] });
    const verdict = worstVerdictOf(shownProjects(projects));
    const permission = { allow: 'allowed', throttle: 'throttled', block: 'blocked', unknown: 'unknown' }[
      verdict
    ];
    expect(trayView({ snapshot, connection: 'connected' }).icon.permission).toBe(permission);
    expect(permissionOf(snapshot).verdict).toBe(verdict);
    expect(worstVerdict(snapshot)).toBe(verdict);
    const named = shown.map((id) => (id === 'infrastructure' ? 'machine' : id));
    expect(statusLine(snapshot).match(/[a-z]+(?= [●‖✕?])/g) ?? []).toEqual(named);
  });
});
