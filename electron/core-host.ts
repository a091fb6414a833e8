import type { EndpointFile } from '../shared/contract/endpoint-file.ts';

import { requestCoreJson } from '../core/client/core-request.ts';

/** A core that runs in this process. */
export interface HostedCore {
  readonly endpoint: EndpointFile;
  stop(): Promise<void>;
}

export interface CoreHostParts {
  /** The address of a core that answers; null when none does. */
  readonly findRunning: () => Promise<EndpointFile | null>;
  /** Starts one here. Throws when another start was quicker, or when this machine cannot. */
  readonly start: () => Promise<HostedCore>;
}

export type HostOutcome =
  | { readonly kind: 'attached' }
  | { readonly kind: 'hosting' }
  | { readonly kind: 'failed'; readonly why: string };

export interface CoreHost {
  /** Makes sure that some core runs: the first to start hosts it, everyone later is a client. */
  ensure(): Promise<HostOutcome>;
  /** Stops the core if it runs here; a core of another process goes on. */
  stop(): Promise<void>;
}

/** Decides between attaching and hosting. The core's code is loaded by `start` alone, never to attach. */
export function createCoreHost({ findRunning, start }: CoreHostParts): CoreHost {
  let hosted: HostedCore | null = null;
  let pending: Promise<HostOutcome> | null = null;

  const tryOnce = async (): Promise<HostOutcome> => {
    if (hosted !== null) return { kind: 'hosting' };
    if ((await findRunning()) !== null) return { kind: 'attached' };
    try {
      hosted = await start();
      return { kind: 'hosting' };
    } catch (error) {
      if ((await findRunning()) !== null) return { kind: 'attached' };
      return { kind: 'failed', why: error instanceof Error ? error.message : String(error) };
    }
  };

  return {
    ensure() {
      pending ??= tryOnce().finally(() => {
        pending = null;
      });
      return pending;
    },
    async stop() {
      await pending;
      await hosted?.stop();
      hosted = null;
    },
  };
}

/** The core of the endpoint file, if it answers: after a crash the file may name a pid that is somebody else's. */
export async function findAnswering(findEndpoint: () => EndpointFile | null): Promise<EndpointFile | null> {
  const endpoint = findEndpoint();
  if (endpoint === null) return null;
  return requestCoreJson(endpoint, 'GET', '/v1/health').then(
    () => endpoint,
    () => null,
  );
}
