import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { examine } from '../../../../core/doctor/examine.ts';
import { DOCTOR_CHECKS } from '../../../../core/doctor/registry.ts';
import { fakeDoctorPorts } from '../../../fakes/fake-doctor-ports.ts';
import { CHECK_TABLE } from './check-table.ts';

describe('doctor checks', () => {
  it.each(CHECK_TABLE)('%s: %s', async (id, _, machine, status, words) => {
    const check = DOCTOR_CHECKS.find((one) => one.id === id);
    const { checks } = await examine([check!], fakeDoctorPorts(machine));
    const [found] = checks;
    const said = [found?.text, found?.next, ...(found?.details ?? [])].join('\n');
    expect({ status: found?.status, said }).toEqual({ status, said: expect.stringMatching(words) as string });
  });
});

describe('registry of doctor checks', () => {
  it('has every file, every id once, and a row in the table for each', () => {
    const ids = DOCTOR_CHECKS.map((one) => one.id);
    const files = readdirSync(join(import.meta.dirname, '../../../../core/doctor/checks'));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(files.length);
    expect(ids.filter((id) => !CHECK_TABLE.some(([tested]) => tested === id))).toEqual([]);
  });

  it('says what to do about every problem it can find', async () => {
    for (const [id, what, machine, status] of CHECK_TABLE) {
      if (status !== 'problem') continue;
      const check = DOCTOR_CHECKS.find((one) => one.id === id);
      const { checks } = await examine([check!], fakeDoctorPorts(machine));
      expect(checks[0]?.next, `${id}: ${what}`).not.toBeNull();
    }
  });
});
