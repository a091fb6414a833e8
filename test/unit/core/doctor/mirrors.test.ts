import { describe, expect, it } from 'vitest';

import { mirrors } from '../../../../core/doctor/checks/mirrors.ts';
import { fakeDoctorPorts } from '../../../fakes/fake-doctor-ports.ts';
import { SNAPSHOT, STATE } from './check-machines.ts';

const KEY = `${STATE}/secrets/manus-key`;
const manus = (enabled: boolean): string => `sync: { manus: { enabled: ${enabled} } }`;
const snapshot = (sync: object): { text: string } => ({
  text: JSON.stringify({ at: '2026-01-05T10:00:00.000Z', sync }),
});
const FINE = {
  state: 'ok',
  problem: null,
  queuedCount: 0,
  deadCount: 0,
  lastSuccessAt: '2026-01-05T09:59:00.000Z',
};

describe('doctor: mirrors', () => {
  it.each([
    ['no core', { config: manus(false) }, 'not-applicable', /lately/],
    [
      'nothing mirrored',
      { config: manus(false), files: { [SNAPSHOT]: snapshot({}) } },
      'not-applicable',
      /Nothing/,
    ],
    ['no key', { config: manus(true), files: {} }, 'problem', /no API key for Manus/],
    [
      'a key for all to read',
      { config: manus(true), files: { [KEY]: { mode: 0o644 } } },
      'problem',
      /read by others/,
    ],
    [
      'all well',
      { config: manus(true), files: { [KEY]: { mode: 0o600 }, [SNAPSHOT]: snapshot({ manus: FINE }) } },
      'ok',
      /manus: all is well; 0 waiting; last success 2026-01-05T09:59/,
    ],
    [
      'a key that was refused',
      {
        config: manus(true),
        files: {
          [KEY]: { mode: 0o600 },
          [SNAPSHOT]: snapshot({
            manus: {
              ...FINE,
              state: 'stopped',
              problem: 'Manus refused the API key (401)',
              queuedCount: 2,
              deadCount: 1,
              nextTryAt: '2026-01-05T11:00:00.000Z',
            },
          }),
        },
      },
      'problem',
      /refused the API key \(401\); 2 waiting; 1 given up; last success .*; next try 2026-01-05T11:00/,
    ],
    [
      'a clock that is wrong',
      {
        config: manus(false),
        files: {
          [SNAPSHOT]: snapshot({ manus: { ...FINE, problem: "this machine's clock is 47 min ahead" } }),
        },
      },
      'warning',
      /clock is 47 min ahead/,
    ],
  ] as const)('%s', async (_what, machine, status, words) => {
    const found = await mirrors.check(fakeDoctorPorts(machine));
    expect(found.status).toBe(status);
    expect([found.text, found.next, ...(found.details ?? [])].join('\n')).toMatch(words);
  });
});
