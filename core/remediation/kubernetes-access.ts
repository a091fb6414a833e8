import type { RequestOptions } from 'node:https';
import { dirname } from 'node:path';

import { KubeConfig } from '@kubernetes/client-node';

/** How one cluster is spoken to. */
export interface KubernetesAccess {
  /** Without a slash at its end. */
  readonly server: string;
  /** Certificates, token and proxy of the context. */
  readonly options: RequestOptions;
}

/**
 * What a kubeconfig says of one context. Loads a library of some size: imported only where such an executor is set.
 * Throws an Error in words, which never holds a credential.
 */
export async function kubernetesAccess(
  kubeconfig: { readonly path: string; readonly text: string },
  context: string | null,
): Promise<KubernetesAccess> {
  const { path, text } = kubeconfig;
  const config = new KubeConfig();
  try {
    config.loadFromString(text);
    config.makePathsAbsolute(dirname(path));
  } catch {
    // The parser's own message may quote the file, and with it a token.
    throw new Error(`${path} is no kubeconfig`);
  }
  if (context !== null) {
    const known = config.getContexts().map(({ name }) => name);
    if (!known.includes(context))
      throw new Error(
        `${path} has no context "${context}"; it has ${known.slice(0, 20).join(', ') || 'none'}`,
      );
    config.setCurrentContext(context);
  }
  const cluster = config.getCurrentCluster();
  if (cluster === null) throw new Error(`${path} has no current context; name one as context`);
  const server = serverOf(cluster.server, path);
  const user = config.getCurrentUser();
  const provider = (user?.authProvider as { readonly name?: unknown } | undefined)?.name;
  // The library would start that program itself, without limits, while the core stands still.
  if (user?.exec !== undefined || (provider !== undefined && provider !== 'tokenFile'))
    throw new Error(
      `the user of ${path} gets its token from a program; give it a token of its own, or use a command with kubectl`,
    );
  const options: RequestOptions = {};
  try {
    await config.applyToHTTPSOptions(options);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(
      `certificate or token of ${path} cannot be read${code === undefined ? '' : ` (${code})`}`,
      {
        cause: error,
      },
    );
  }
  return { server, options };
}

function serverOf(text: string, path: string): string {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new Error(`${path} names no address of its cluster`);
  }
  const isLoopback = ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback))
    throw new Error(`the cluster of ${path} must be reached by https`);
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}
