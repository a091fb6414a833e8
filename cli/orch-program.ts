import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** How another program, such as a git hook, starts `orch`: a program and the file it is to run. */
export interface OrchProgram {
  /** Empty where there is none that will still be there later. */
  readonly nodePath: string;
  readonly orchPath: string;
}

/** What is known of the process that runs now. */
export interface OrchRuntime {
  readonly execPath: string;
  readonly platform: string;
  /** Where a packaged app keeps its files; absent under plain Node. */
  readonly resourcesPath?: string | undefined;
  /** Present in an AppImage, whose files lie elsewhere after each start. */
  readonly appImagePath: string | undefined;
}

/**
 * Under Node that is Node and the built `orch.js`, or its source. A packaged app is no Node: there it is the shell and
 * the `orch` beside the app. On Windows nothing takes a file that way, and hooks there have git's own Perl and curl.
 */
export function orchProgram(productDir: URL, runtime: OrchRuntime): OrchProgram {
  const { resourcesPath, appImagePath, platform } = runtime;
  if (resourcesPath !== undefined) {
    const isSteady = appImagePath === undefined && platform !== 'win32';
    return { nodePath: isSteady ? '/bin/sh' : '', orchPath: join(resourcesPath, 'bin/orch') };
  }
  const isBuilt = productDir.pathname.endsWith('/dist/');
  return {
    nodePath: runtime.execPath,
    orchPath: fileURLToPath(new URL(isBuilt ? 'cli/orch.js' : 'cli/orch.ts', productDir)),
  };
}
