import { homedir, hostname, userInfo } from 'node:os';

import type { Clock } from '../clock.ts';
import type { Places } from '../places.ts';
import type { ProductFiles } from '../product-files.ts';
import { createDoctorDesk, type DoctorDesk } from './doctor-desk.ts';

export interface SystemDoctorParts {
  readonly clock: Clock;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly version: string;
  readonly places: Places;
  readonly files: ProductFiles;
}

/** The checks of `orch doctor` on this machine. Nothing of them is loaded before the first one is asked for. */
export function createSystemDoctor(parts: SystemDoctorParts): DoctorDesk {
  const { clock, env, platform, version, places, files } = parts;
  return createDoctorDesk({
    clock,
    async run() {
      const [{ examine }, { DOCTOR_CHECKS }, { systemPorts }, { readConfig }] = await Promise.all([
        import('./examine.ts'),
        import('./registry.ts'),
        import('./system-ports.ts'),
        import('../config-file.ts'),
      ]);
      const config = await readConfig(places.configPath);
      const facts = { platform, env, config };
      return examine(DOCTOR_CHECKS, systemPorts({ facts, places, clock, workerUrl: files.sensorWorkerUrl }));
    },
    async share(report) {
      const [{ shareText }, { readConfig }] = await Promise.all([
        import('./share-text.ts'),
        import('../config-file.ts'),
      ]);
      const config = await readConfig(places.configPath);
      return shareText(report, `Meta-Orchestrator ${version}, ${platform} ${process.arch}`, {
        homeDir: homedir(),
        user: env['USER'] ?? env['USERNAME'] ?? userName(),
        hostName: hostname(),
        projects: config.ok ? config.config.projects : [],
      });
    },
  });
}

/** Some systems know no name for the account; then there is none to hide. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}
