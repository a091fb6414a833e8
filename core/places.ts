import { join } from 'node:path';

/** Every file and folder the product uses; nothing else builds such a path. */
export interface Places {
  readonly configDir: string;
  readonly stateDir: string;
  readonly configPath: string;
  readonly endpointPath: string;
  readonly lockPath: string;
  /** The unix socket, or the named pipe on Windows. */
  readonly socketPath: string;
  readonly historyPath: string;
  readonly snapshotPath: string;
  /** Gates that found no core, one JSON object a line; read and shown by the next core. */
  readonly skippedGatesPath: string;
  /** Commits that belong to a task, one JSON object a line; written by the post-commit hook. */
  readonly commitLinksPath: string;
  /** A folder for each job: its pid, its exit code, the end of its output. */
  readonly jobsDir: string;
}

export const SNAPSHOT_FILENAME = '.orchestrator_report.json';
const NAME = 'meta-orchestrator';
/** The kernel's limit for a unix socket path is 108 bytes with its final NUL (unix(7)). */
const SOCKET_PATH_MAX_BYTES = 107;

/**
 * Where everything lives. `ORCH_HOME` puts config and state into one folder; else XDG on Linux, the platform's
 * own places on macOS and Windows (3-contract, "Places").
 */
export function placesFrom(
  env: Readonly<Record<string, string | undefined>>,
  platform: string,
  homeDir: string,
): Places {
  const { configDir, stateDir } = folders(env, platform, homeDir);
  return {
    configDir,
    stateDir,
    configPath: join(configDir, 'config.yaml'),
    endpointPath: join(stateDir, 'endpoint.json'),
    lockPath: join(stateDir, 'core.lock'),
    socketPath: socketPath(stateDir, platform, env),
    historyPath: join(stateDir, 'history.db'),
    snapshotPath: join(stateDir, SNAPSHOT_FILENAME),
    skippedGatesPath: join(stateDir, 'skipped-gates.jsonl'),
    commitLinksPath: join(stateDir, 'commit-links.jsonl'),
    jobsDir: join(stateDir, 'jobs'),
  };
}

function folders(
  env: Readonly<Record<string, string | undefined>>,
  platform: string,
  homeDir: string,
): { configDir: string; stateDir: string } {
  const own = env['ORCH_HOME'];
  if (own !== undefined && own !== '') return { configDir: own, stateDir: own };
  if (platform === 'win32') {
    const roaming = env['APPDATA'] ?? join(homeDir, 'AppData', 'Roaming');
    const local = env['LOCALAPPDATA'] ?? join(homeDir, 'AppData', 'Local');
    return { configDir: join(roaming, NAME), stateDir: join(local, NAME) };
  }
  if (platform === 'darwin') {
    const support = join(homeDir, 'Library', 'Application Support', NAME);
    return { configDir: support, stateDir: support };
  }
  return {
    configDir: join(absoluteOr(env['XDG_CONFIG_HOME'], join(homeDir, '.config')), NAME),
    stateDir: join(absoluteOr(env['XDG_STATE_HOME'], join(homeDir, '.local', 'state')), NAME),
  };
}

/** The XDG specification asks to ignore relative values. */
function absoluteOr(value: string | undefined, fallback: string): string {
  return value?.startsWith('/') === true ? value : fallback;
}

/** A home too deep for a socket gets it in the session's runtime folder, which is 0700 as well. */
function socketPath(
  stateDir: string,
  platform: string,
  env: Readonly<Record<string, string | undefined>>,
): string {
  if (platform === 'win32') return `\\\\.\\pipe\\${NAME}-${stateDir.replace(/[^A-Za-z0-9]/g, '-')}`;
  const path = join(stateDir, 'api.sock');
  const runtimeDir = env['XDG_RUNTIME_DIR'];
  if (Buffer.byteLength(path) <= SOCKET_PATH_MAX_BYTES || runtimeDir === undefined) return path;
  return join(runtimeDir, `${NAME}.sock`);
}
