import { describe, expect, it } from 'vitest';

import type { EnergyState } from '../../../../shared/contract/energy.ts';
import { ARMED, stepSafeguards } from '../../../../shared/remediation/safeguard-rule.ts';
import { exampleUps } from '../../../e2e/example-parts.ts';

type Look = Pick<EnergyState, 'level' | 'why' | 'ups' | 'onExternalPower'>;
const look = (level: Look['level'], onExternalPower: boolean | null, ups: Look['ups'] = []): Look => ({
  level,
  onExternalPower,
  ups,
  why: 'battery 4 %',
});
const lowUps = exampleUps({ feedsThisMachine: true, onBattery: true, lowBattery: true });

function does(looks: readonly Look[]): (string | null)[] {
  let memory = ARMED;
  let isCounting = false;
  return looks.map((energy) => {
    const step = stepSafeguards(memory, energy, isCounting);
    memory = step.memory;
    isCounting = step.does === 'begin' || (isCounting && step.does !== 'end');
    return step.does;
  });
}

describe('safeguards', () => {
  it('begin once a discharge, however the level wavers', () => {
    const looks = (['LOW', 'CRITICAL', 'CRITICAL', 'UNKNOWN', 'LOW', 'CRITICAL'] as const).map((level) =>
      look(level, false),
    );
    expect(does(looks)).toEqual([null, 'begin', null, null, null, null]);
  });

  it('are called off and armed again by power from outside', () => {
    expect(does([look('CRITICAL', false), look('FULL', true), look('CRITICAL', false)])).toEqual([
      'begin',
      'end',
      'begin',
    ]);
  });

  it('begin when the UPS is low, and not for one that feeds something else', () => {
    expect(does([look('MEDIUM', false, [lowUps])])).toEqual(['begin']);
    expect(does([look('MEDIUM', false, [{ ...lowUps, feedsThisMachine: false }])])).toEqual([null]);
    expect(does([look('FULL', true, [{ ...lowUps, onBattery: false }])])).toEqual([null]);
  });

  it('are not armed again by what nobody can read', () => {
    expect(does([look('CRITICAL', false), look('UNKNOWN', null), look('CRITICAL', false)])).toEqual([
      'begin',
      null,
      null,
    ]);
  });
});
