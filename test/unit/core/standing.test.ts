import { describe, expect, it } from 'vitest';

import { createControls } from '../../../core/controls.ts';
import { standing } from '../../../core/standing.ts';
import { projectStateSchema } from '../../../shared/contract/state.ts';
import { fakeClock } from '../../fakes/fake-clock.ts';

function controls(clock = fakeClock()) {
  return { clock, controls: createControls(clock, { control: () => null, setControl: () => undefined }) };
}

describe('what stands for a project', () => {
  it('is nothing at first', () => {
    expect(standing(controls().controls, 'shop')).toEqual({ halt: null, waivers: [] });
  });

  it('is who said so, why, and until when', () => {
    const { controls: own } = controls();
    own.setHalt('shop', 'sam', 'the database is being moved', null);
    own.waive('shop', { who: 'sam', why: 'mends the build', change: 'fix', forMs: 3_600_000 });
    const told = standing(own, 'shop');
    expect(told.halt).toMatchObject({
      by: 'person',
      who: 'sam',
      why: 'the database is being moved',
      until: null,
    });
    const [waiver] = told.waivers;
    expect(waiver).toMatchObject({ change: 'fix', who: 'sam', why: 'mends the build' });
    expect(Date.parse(waiver!.until) - Date.parse(waiver!.since)).toBe(3_600_000);
    expect(projectStateSchema.pick({ halt: true, waivers: true }).parse(told)).toEqual(told);
    expect(standing(own, 'other')).toEqual({ halt: null, waivers: [] });
  });
});
