import { fileURLToPath } from 'node:url';

/** Where the built product keeps what it loads at run time. */
export interface ProductFiles {
  readonly pageDir: string;
  readonly sensorWorkerUrl: URL;
  /** Icons, hook and workflow templates: beside `dist/`, not in it. */
  readonly resourcesDir: string;
}

/**
 * `productDir` is the folder `dist/` of a build, or the sources when started from them (then the page is the one
 * last built, if any).
 */
export function productFiles(productDir: URL): ProductFiles {
  const isBuilt = productDir.pathname.endsWith('/dist/');
  return {
    pageDir: fileURLToPath(new URL(isBuilt ? 'renderer/' : 'dist/renderer/', productDir)),
    resourcesDir: fileURLToPath(new URL(isBuilt ? '../resources/' : 'resources/', productDir)),
    sensorWorkerUrl: new URL(isBuilt ? 'core/sensor-worker.js' : 'core/energy/sensor-worker.ts', productDir),
  };
}
