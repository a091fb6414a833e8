import { parseConfig } from '../../core/config-file.ts';
import { placesFrom } from '../../core/places.ts';
import { fakeClock } from './fake-clock.ts';
import { desktop } from './power-readings.ts';
import type { DoctorPorts, FileFacts, HealthAnswer, PowerLook, RunOutcome } from '../../core/doctor/check.ts';
import type { UpsReading } from '../../shared/contract/energy.ts';
import type { FakeClock } from './fake-clock.ts';

export interface FakeMachine {
  readonly platform?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Text of config.yaml. */
  readonly config?: string;
  readonly power?: PowerLook;
  readonly ups?: readonly UpsReading[];
  /** By path. */
  readonly files?: Readonly<Record<string, Partial<FileFacts> & { text?: string }>>;
  readonly freeBytes?: number | null;
  readonly readOnly?: boolean;
  /** By the program and its arguments, joined by blanks; the longest beginning that fits answers. */
  readonly programs?: Readonly<Record<string, RunOutcome>>;
  readonly health?: HealthAnswer;
  readonly alive?: boolean;
  readonly versions?: DoctorPorts['versions'];
  readonly clock?: FakeClock;
}

export const HOME = '/home/ada';

/** A sound desktop without anything running on it, apart from what is given. */
export function fakeDoctorPorts(machine: FakeMachine = {}): DoctorPorts {
  const platform = machine.platform ?? 'linux';
  const env = machine.env ?? {};
  const places = placesFrom(env, platform, HOME);
  const files = new Map(Object.entries(machine.files ?? {}));
  const look: PowerLook = machine.power ?? { reading: desktop(), failure: '' };
  return {
    facts: { platform, env, config: parseConfig(machine.config ?? '') },
    places,
    clock: machine.clock ?? fakeClock(),
    files: {
      about: (path) => {
        const found = files.get(path);
        if (found === undefined) return Promise.resolve(path === HOME || path === '/' ? folder : null);
        return Promise.resolve({ ...(found.kind === 'folder' ? folder : file), ...found });
      },
      mayWrite: () => Promise.resolve(machine.readOnly !== true),
      freeBytes: () => Promise.resolve(machine.freeBytes === undefined ? 80_000_000_000 : machine.freeBytes),
      readText: (path) => Promise.resolve(files.get(path)?.text ?? null),
    },
    power: () => Promise.resolve(look),
    ups: () => Promise.resolve(machine.ups ?? []),
    run: (program, args) => {
      const line = [program, ...args].join(' ');
      const known = Object.entries(machine.programs ?? {})
        .filter(([begins]) => line.startsWith(begins))
        .sort(([a], [b]) => b.length - a.length)[0];
      return Promise.resolve(known?.[1] ?? { kind: 'not-installed' });
    },
    ask: () => Promise.resolve(machine.health ?? { kind: 'silent', why: 'connection refused' }),
    isAlive: () => machine.alive === true,
    versions: machine.versions ?? { node: 'v24.21.0', sqlite: '3.53.4' },
  };
}

const file: FileFacts = { kind: 'file', mode: 0o600, isOurs: true };
const folder: FileFacts = { kind: 'folder', mode: 0o700, isOurs: true };
