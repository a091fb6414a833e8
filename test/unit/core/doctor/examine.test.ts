import { describe, expect, it } from 'vitest';

import { ok, problem, warning } from '../../../../core/doctor/check.ts';
import { examine } from '../../../../core/doctor/examine.ts';
import { fakeClock } from '../../../fakes/fake-clock.ts';
import { fakeDoctorPorts } from '../../../fakes/fake-doctor-ports.ts';
import type { DoctorCheck, Finding } from '../../../../core/doctor/check.ts';

function checkThat(id: string, check: () => Promise<Finding>, applies = true): DoctorCheck {
  return { id, title: id, applicable: () => applies, check };
}

const fine = checkThat('fine', () => Promise.resolve(ok('Good.')));

describe('examine', () => {
  it('is as bad as the worst check', async () => {
    const warns = checkThat('warns', () => Promise.resolve(warning('Hm.', null)));
    const fails = checkThat('fails', () => Promise.resolve(problem('Bad.', 'Mend it.')));
    const ports = fakeDoctorPorts();
    expect((await examine([fine], ports)).status).toBe('ok');
    expect((await examine([fine, warns], ports)).status).toBe('warning');
    expect((await examine([fails, warns, fine], ports)).status).toBe('problem');
  });

  it('does not ask where a check does not apply', async () => {
    const elsewhere = checkThat('elsewhere', () => Promise.reject(new Error('asked')), false);
    const { checks, status } = await examine([elsewhere], fakeDoctorPorts());
    expect(status).toBe('ok');
    expect(checks[0]).toMatchObject({ id: 'elsewhere', status: 'not-applicable' });
  });

  it('a check that throws or hangs is a finding and holds up nobody', async () => {
    const clock = fakeClock();
    const throws = checkThat('throws', () => Promise.reject(new Error('EIO')));
    const hangs = checkThat('hangs', () => new Promise(() => {}));
    const report = examine([throws, hangs, fine], fakeDoctorPorts({ clock }));
    await clock.advanceMs(0);
    await clock.advanceMs(5_000);
    const { checks } = await report;
    expect(checks.map((one) => one.status)).toEqual(['warning', 'warning', 'ok']);
    expect(checks[0]?.text).toContain('EIO');
    expect(checks[1]?.text).toBe('No answer within 5 s.');
    expect(clock.pending()).toBe(0);
  });
});
