import type { Places } from '../core/places.ts';
import { productFiles } from '../core/product-files.ts';
import { PRODUCT_VERSION } from '../core/product-version.ts';
import { systemClock } from '../core/system-clock.ts';

import type { HostedCore } from './core-host.ts';
import type { SafeSecrets } from './safe-secrets.ts';

/**
 * Runs a core in this process. Its code, with the database under it, is loaded here and nowhere else in the
 * shell. Throws with a sentence for the person when the settings are bad or another core holds this home.
 */
export async function startCoreHere(
  places: Places,
  productDir: URL,
  secrets: SafeSecrets,
): Promise<HostedCore> {
  const { startHost } = await import('../core/host.ts');
  const portText = process.env['ORCH_PORT'];
  const host = await startHost({
    clock: systemClock,
    chance: Math.random,
    places,
    secrets,
    env: process.env,
    platform: process.platform,
    version: PRODUCT_VERSION,
    files: productFiles(productDir),
    wantedPort: portText === undefined ? null : portNumber(portText),
    intervalMs: null,
    hasApi: true,
    isOnce: false,
    onSnapshot: () => undefined,
    onFault: (error) => console.error(error),
  });
  switch (host.kind) {
    case 'bad-settings':
      throw new Error(host.problems.map((problem) => problem.text).join('\n'));
    case 'already-running':
      throw new Error(`A core runs already (pid ${host.pid}) but does not answer yet.`);
    case 'hosting':
  }
  if (host.endpoint === null) throw new Error('The core has no endpoint.');
  // It may take a person's time: the endpoint is open by now, and the first verdict is there.
  setImmediate(() => secrets.takeOver());
  return { endpoint: host.endpoint.file, stop: () => host.stop() };
}

function portNumber(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new Error(`ORCH_PORT must be a whole number from 0 to 65535, not "${text}".`);
}
