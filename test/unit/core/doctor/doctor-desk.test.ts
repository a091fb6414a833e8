import { describe, expect, it } from 'vitest';

import { ok } from '../../../../core/doctor/check.ts';
import { createDoctorDesk, type DoctorDesk } from '../../../../core/doctor/doctor-desk.ts';
import { examine } from '../../../../core/doctor/examine.ts';
import { doctorReplySchema } from '../../../../shared/contract/doctor.ts';
import { fakeClock } from '../../../fakes/fake-clock.ts';
import { fakeDoctorPorts } from '../../../fakes/fake-doctor-ports.ts';

describe('the self-check of a running core', () => {
  const clock = fakeClock();
  const started = (hang = false): { desk: DoctorDesk; runs: () => number } => {
    let runs = 0;
    const check = {
      id: 'one',
      title: 'One',
      applicable: () => true,
      check: () => (hang ? new Promise<never>(() => undefined) : Promise.resolve(ok('Fine.'))),
    };
    const desk = createDoctorDesk({
      clock,
      run() {
        runs += 1;
        return examine([check], fakeDoctorPorts({ clock }));
      },
      share: () => Promise.resolve('shared'),
    });
    return { desk, runs: () => runs };
  };

  it('answers in the shape it promises', async () => {
    const { desk } = started();
    const reply = await desk.examine();
    expect(doctorReplySchema.parse(reply)).toEqual(reply);
    expect(reply).toMatchObject({ status: 'ok', shareText: 'shared', checks: [{ text: 'Fine.' }] });
  });

  it('answers although a check hangs', async () => {
    const { desk } = started(true);
    const asked = desk.examine();
    await clock.advanceMs(5_000);
    expect((await asked).checks[0]).toMatchObject({ status: 'warning', text: 'No answer within 5 s.' });
  });

  it('runs once for all who ask meanwhile, and anew a second later', async () => {
    const { desk, runs } = started();
    const [one, other] = await Promise.all([desk.examine(), desk.examine()]);
    expect(one).toBe(other);
    await desk.examine();
    expect(runs()).toBe(1);
    await clock.advanceMs(1_000);
    await desk.examine();
    expect(runs()).toBe(2);
  });

  it('can be asked again after a run that failed', async () => {
    let runs = 0;
    const desk = createDoctorDesk({
      clock,
      run() {
        runs += 1;
        return runs === 1 ? Promise.reject(new Error('no memory')) : examine([], fakeDoctorPorts({ clock }));
      },
      share: () => Promise.resolve(''),
    });
    await expect(desk.examine()).rejects.toThrow('no memory');
    expect((await desk.examine()).status).toBe('ok');
  });
});
