import { numberOf } from './sysfs-files.ts';
import type { SysfsFiles } from './sysfs-files.ts';

/**
 * How often the processor packages have throttled themselves since start, in sum; null where the kernel does not
 * count it (other than Intel). Every processor of a package shows the same count, so one of each is asked.
 */
export function createThrottleCounter(sysfsDir: string, files: SysfsFiles): () => number | null {
  const dir = `${sysfsDir}/devices/system/cpu`;
  let paths: readonly string[] | null = null;
  return () => {
    paths ??= counterPaths(dir, files);
    const counts = paths
      .map((path) => numberOf(files.text(path)))
      .filter((count) => count !== null && count >= 0);
    return counts.length === 0 ? null : counts.reduce((sum: number, count) => sum + (count ?? 0), 0);
  };
}

function counterPaths(dir: string, files: SysfsFiles): readonly string[] {
  const byPackage = new Map<string, string>();
  for (const name of files.list(dir) ?? []) {
    if (!/^cpu\d+$/.test(name)) continue;
    if (files.list(`${dir}/${name}/thermal_throttle`)?.includes('package_throttle_count') !== true) continue;
    const packageId = files.text(`${dir}/${name}/topology/physical_package_id`) ?? '0';
    if (!byPackage.has(packageId)) {
      byPackage.set(packageId, `${dir}/${name}/thermal_throttle/package_throttle_count`);
    }
  }
  return [...byPackage.values()];
}
