import { statSync } from 'node:fs';

/**
 * Why the commands of a settings file may not be run: it is another user's, or others may write to it. Null when
 * they may, or when there is no such file and so no command in it.
 */
export function distrustOf(settingsPath: string, ownUid: number | null): string | null {
  const stat = ((): ReturnType<typeof statSync> | null => {
    try {
      return statSync(settingsPath);
    } catch {
      return null;
    }
  })();
  // Windows keeps no such bits.
  if (stat === null || stat === undefined || ownUid === null) return null;
  const [uid, mode] = [Number(stat.uid), Number(stat.mode)];
  if (uid !== ownUid && uid !== 0) return `untrusted source: ${settingsPath} belongs to another user`;
  if ((mode & 0o022) !== 0) return `untrusted source: others may write to ${settingsPath}; chmod 600 it`;
  return null;
}
