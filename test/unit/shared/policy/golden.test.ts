import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import { CHANGE_TYPES, ENERGY_LEVELS } from '../../../../shared/contract/vocabulary.ts';
import { rulesMarkdown } from '../../../../shared/policy/rules-table.ts';
import { decided, facts } from '../../../fakes/judged-project.ts';
import { SITUATIONS } from '../../../fakes/judged-situations.ts';

function goldenText(): string {
  const head = `${'level'.padEnd(9)}${'operating mode'.padEnd(15)}${CHANGE_TYPES.map((change) => change.padEnd(11)).join('')}`;
  const blocks = SITUATIONS.map(({ name, profile, input, facts: over }) => {
    const project = { id: 'shop', path: '/home/ann/shop', profile };
    const rows = ENERGY_LEVELS.map((level) => {
      const made = facts(level, { project, ...input }, over);
      const decisions = CHANGE_TYPES.map((change) => decided(made, change));
      const mode = decisions[0]!.operatingMode;
      const verdicts = decisions.map(({ verdict }) => verdict.padEnd(11)).join('');
      return `${level.padEnd(9)}${mode.padEnd(15)}${verdicts}`.trimEnd();
    });
    return [`# ${profile}: ${name}`, head.trimEnd(), ...rows].join('\n');
  });
  return `${blocks.join('\n\n')}\n`;
}

/** Compares, or with UPDATE_GOLDEN=1 writes: the change then shows in review. */
function held(path: string, wanted: string): string {
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(path, wanted);
  return readFileSync(path, 'utf8');
}

describe('golden', () => {
  it('every level, change type, profile and situation has the verdict that is written down', () => {
    const path = fileURLToPath(new URL('../../../fixtures/golden/verdicts.txt', import.meta.url));
    expect(goldenText()).toBe(held(path, goldenText()));
  });

  it('docs/policy.md shows the rules as they are', () => {
    const path = fileURLToPath(new URL('../../../../docs/policy.md', import.meta.url));
    const page = readFileSync(path, 'utf8');
    const [before = '', rest = ''] = page.split('<!-- rules:begin -->');
    const after = rest.split('<!-- rules:end -->')[1] ?? '';
    const wanted = `${before}<!-- rules:begin -->\n\n${rulesMarkdown()}\n<!-- rules:end -->${after}`;
    expect(held(path, wanted)).toBe(wanted);
  });
});
