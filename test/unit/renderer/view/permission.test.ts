import { describe, expect, it } from 'vitest';

import { permissionOf } from '../../../../renderer/view/permission.ts';
import { exampleMachine, exampleProject } from '../../../e2e/example-parts.ts';
import { lowSnapshot } from '../../../e2e/example-snapshots.ts';

const goes = exampleProject({ id: 'goes' });
const waits = exampleProject({ id: 'waits' }, { feature: { verdict: 'block' } });
const asks = exampleProject({ id: 'asks' }, { feature: { verdict: 'throttle' } });
const halted = exampleProject({ id: 'halted', mode: 'HALT' }, { feature: { verdict: 'block' } });

describe('permission inside the ring', () => {
  it.each([
    ['the worst project decides', [goes, waits, asks], 'block', 'cross'],
    ['throttle is worse than allow', [goes, asks], 'throttle', 'bars'],
    ['all go', [goes, exampleMachine({}, { infra: { verdict: 'block' } })], 'allow', 'dot'],
    ['a project kept out of the tray is not asked', [goes, { ...waits, showInTray: false }], 'allow', 'dot'],
    [
      'the default change is the one asked about',
      [{ ...waits, defaultChange: 'fix' as const }],
      'allow',
      'dot',
    ],
    ['a change nobody judged is unknown', [{ ...goes, decisions: {} }], 'unknown', 'question'],
    ['alone, the machine speaks', [exampleMachine({}, { infra: { verdict: 'block' } })], 'block', 'cross'],
    ['nothing at all is unknown', [], 'unknown', 'question'],
  ] as const)('%s', (_name, projects, verdict, glyph) => {
    const permission = permissionOf(lowSnapshot({ projects: [...projects] }));
    expect(permission).toMatchObject({ verdict, glyph, halted: false });
  });

  it('lets a halted project stand before one that is only blocked', () => {
    expect(permissionOf(lowSnapshot({ projects: [waits, halted] }))).toMatchObject({
      halted: true,
      glyph: 'cross',
    });
  });
});
