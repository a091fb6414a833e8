import { readFileSync } from 'node:fs';

/**
 * A file below /proc, read at once: the kernel makes it from its own memory and waits for no device, and four trips
 * through the thread pool would cost more than all four reads. Null when it cannot be read.
 */
export function procText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
