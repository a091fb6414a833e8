/**
 * Where the sensor thread's file is, for an entry that knows the product's folder: beside the sources when they are
 * run, `core/sensor-worker.js` in the build.
 *
 * @param productDir the folder of the built product, or of the sources
 * @param isSource whether that folder holds sources
 */
export function sensorWorkerUrl(productDir: URL, isSource: boolean): URL {
  return new URL(isSource ? 'core/energy/sensor-worker.ts' : 'core/sensor-worker.js', productDir);
}
