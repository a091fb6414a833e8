import { realpath } from 'node:fs/promises';
import { join } from 'node:path';

import type { ScalingConfig, ScalingExecutor } from '../../shared/contract/scaling-config.ts';
import { isoNow, type Clock } from '../clock.ts';
import type { RecordStore } from '../history/record.ts';
import { readRegularFile } from '../projects/regular-file.ts';
import type { KubernetesAccess } from './kubernetes-access.ts';
import { setScale } from './kubernetes-scale.ts';
import type { Runner } from './runner.ts';

/** One number that is to be set. */
export interface ScaleOrder {
  readonly project: string;
  readonly folder: string;
  readonly scaling: Pick<ScalingConfig, 'executor' | 'mode'>;
  readonly desired: number;
  readonly cause: string;
  /** Asked last thing before it is set: fewer are never left, unless there are fewer already. */
  readonly runningJobs: () => number;
}

/** Sets numbers, one at a time a project, and waits longer after each failure. */
export interface ScalerHand {
  /** Looks whether something is to be set, and begins. */
  see(order: ScaleOrder): void;
  /** What was last set by this hand, or would have been; null before the first. */
  set(project: string): number | null;
  /** Why it could not be set; null when it could. */
  problem(project: string): string | null;
  keepOnly(projects: readonly string[]): void;
  stop(): Promise<void>;
}

export interface ScalerHandParts {
  readonly clock: Clock;
  readonly chance: () => number;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly runner: Pick<Runner, 'run'>;
  /** Why nothing of the settings may be acted on; null when it may. */
  readonly distrust: () => string | null;
  readonly record: Pick<RecordStore, 'audit'>;
  readonly onChange: () => void;
  readonly onFault: (error: unknown) => void;
}

interface Done {
  readonly problem: string | null;
  readonly before: number | null;
  readonly now: number;
}

interface Held {
  /** The order it is about, so that other settings begin anew. */
  readonly key: string;
  set: number | null;
  problem: string | null;
  failures: number;
  nextAtMs: number;
}

const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 30 * 60_000;
const KUBECONFIG_BYTES = 1024 * 1024;

export function createScalerHand(parts: ScalerHandParts): ScalerHand {
  const { clock, runner } = parts;
  const held = new Map<string, Held>();
  const stopping = new AbortController();
  /** One at a time a project, whatever becomes of its settings meanwhile. */
  const running = new Map<string, Promise<void>>();

  const told = (act: string, order: ScaleOrder, detail: Record<string, unknown>): void =>
    parts.record.audit({
      at: isoNow(clock),
      actor: 'core',
      act,
      project: order.project,
      cause: order.cause,
      detail: { executor: order.scaling.executor.kind, to: order.desired, ...detail },
    });

  const byCommand = async (
    order: ScaleOrder,
    executor: Extract<ScalingExecutor, { kind: 'command' }>,
    before: number | null,
  ): Promise<Done> => {
    const result = await runner.run({
      act: 'scale',
      project: order.project,
      cause: order.cause,
      command: executor.command,
      resource: `scale:${order.project}`,
      folder: order.folder,
      facts: {
        ORCH_PROJECT: order.project,
        ORCH_DESIRED: String(order.desired),
        ORCH_BEFORE: before === null ? '' : String(before),
        ORCH_CAUSE: order.cause,
      },
      signal: stopping.signal,
    });
    return { problem: result.isOk ? null : result.text, before, now: order.desired };
  };

  const byKubernetes = async (
    order: ScaleOrder,
    executor: Extract<ScalingExecutor, { kind: 'kubernetes' }>,
  ): Promise<Done> => {
    const distrust = parts.distrust();
    if (distrust !== null) return { problem: distrust, before: null, now: order.desired };
    const { before, now } = await setScale(
      clock,
      await accessOf(executor, parts.env),
      executor,
      (current) => {
        const least = Math.min(order.runningJobs(), current);
        return order.desired < least ? least : order.desired;
      },
      stopping.signal,
    );
    return { problem: null, before, now };
  };

  const perform = async (order: ScaleOrder, mine: Held): Promise<void> => {
    const { executor } = order.scaling;
    let done: Done;
    try {
      done =
        executor.kind === 'command'
          ? await byCommand(order, executor, mine.set)
          : executor.kind === 'kubernetes'
            ? await byKubernetes(order, executor)
            : { problem: null, before: null, now: order.desired };
    } catch (error) {
      done = { problem: (error as Error).message, before: null, now: order.desired };
    }
    running.delete(order.project);
    if (stopping.signal.aborted) return;
    if (done.problem === null) {
      told('scale-end', order, { from: done.before, to: done.now });
      Object.assign(mine, { set: done.now, problem: null, failures: 0 });
    } else {
      // The same failure again is no news.
      if (done.problem !== mine.problem) told('scale-failed', order, { text: done.problem });
      mine.problem = done.problem;
      mine.failures += 1;
      const mostMs = Math.min(FIRST_WAIT_MS * 2 ** (mine.failures - 1), LONGEST_WAIT_MS);
      mine.nextAtMs = clock.monotonicMs() + mostMs * (0.75 + parts.chance() / 4);
    }
    parts.onChange();
  };

  const heldOf = ({ project, scaling }: ScaleOrder): Held => {
    const key = JSON.stringify(scaling);
    const known = held.get(project);
    if (known?.key === key) return known;
    const fresh: Held = { key, set: null, problem: null, failures: 0, nextAtMs: 0 };
    held.set(project, fresh);
    return fresh;
  };

  return {
    see(order) {
      const { executor, mode } = order.scaling;
      if (executor.kind === 'pull' || stopping.signal.aborted) return;
      const mine = heldOf(order);
      if (running.has(order.project) || mine.set === order.desired) return;
      if (mode === 'dry-run') {
        told('scale-observed', order, { from: mine.set, text: 'dry-run: nothing was set' });
        mine.set = order.desired;
        return;
      }
      if (clock.monotonicMs() < mine.nextAtMs) return;
      // Looked at again, since a job may have begun after the number was decided.
      if (mine.set !== null && order.desired < Math.min(order.runningJobs(), mine.set)) return;
      if (mine.failures === 0) told('scale-begin', order, { from: mine.set });
      running.set(order.project, perform(order, mine).catch(parts.onFault));
    },
    set: (project) => held.get(project)?.set ?? null,
    problem: (project) => held.get(project)?.problem ?? null,
    keepOnly(projects) {
      for (const project of held.keys()) if (!projects.includes(project)) held.delete(project);
    },
    async stop() {
      stopping.abort();
      await Promise.all(running.values());
    },
  };
}

async function accessOf(
  executor: Extract<ScalingExecutor, { kind: 'kubernetes' }>,
  env: ScalerHandParts['env'],
): Promise<KubernetesAccess> {
  const [named] = (env['KUBECONFIG'] ?? '').split(':').filter((path) => path !== '');
  const wanted = executor.kubeconfig ?? named ?? join(env['HOME'] ?? '/', '.kube', 'config');
  let path: string;
  let text: string;
  try {
    path = await realpath(wanted);
    ({ text } = await readRegularFile(path, KUBECONFIG_BYTES));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new Error(`${wanted} cannot be read: ${code ?? message}`, { cause: error });
  }
  const { kubernetesAccess } = await import('./kubernetes-access.ts');
  return kubernetesAccess({ path, text }, executor.context);
}
