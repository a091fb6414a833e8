import type { DatabaseSync } from 'node:sqlite';

import { commandSchema } from '../../shared/contract/command.ts';
import type { SafeguardStep } from '../../shared/contract/remediation-config.ts';
import { isRefusal, type JobsDesk } from './jobs-desk.ts';
import type { Runner } from './runner.ts';

export interface StepOutcome {
  readonly name: string;
  readonly isOk: boolean;
  /** Half a sentence. */
  readonly text: string;
}

/** One step of the safeguards. Never rejects. */
export interface SafeguardActs {
  perform(step: SafeguardStep, cause: string): Promise<StepOutcome>;
}

export interface SafeguardActsParts {
  readonly runner: Pick<Runner, 'run'>;
  readonly jobs: Pick<JobsDesk, 'list' | 'cancel'>;
  readonly database: DatabaseSync | null;
  readonly platform: NodeJS.Platform;
}

const SYNC_SECONDS = 30;

export function createSafeguardActs({ runner, jobs, database, platform }: SafeguardActsParts): SafeguardActs {
  const stopJobs = (cause: string): Omit<StepOutcome, 'name'> => {
    const standing = jobs
      .list()
      .filter(
        ({ state, startedAt, endedAt }) => state !== 'ending' && startedAt !== null && endedAt === null,
      );
    const refused = standing.filter(({ id }) => isRefusal(jobs.cancel(id, `safeguards, ${cause}`))).length;
    const count = standing.length === 1 ? '1 job' : `${standing.length} jobs`;
    return refused === 0
      ? { isOk: true, text: `${count} being ended` }
      : { isOk: false, text: `${refused} of ${count} could not be ended` };
  };
  const flush = async (cause: string): Promise<Omit<StepOutcome, 'name'>> => {
    try {
      database?.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch (error) {
      return { isOk: false, text: (error as Error).message };
    }
    if (platform === 'win32') return { isOk: true, text: 'written to the disk' };
    const command = commandSchema.parse({ run: ['sync'], timeoutSeconds: SYNC_SECONDS });
    const result = await runner.run({
      act: 'safeguard-sync',
      project: null,
      cause,
      command,
      resource: 'disk',
    });
    return { isOk: result.isOk, text: result.isOk ? 'written to the disk' : result.text };
  };
  return {
    async perform(step, cause) {
      const name = stepName(step);
      if ('command' in step) {
        const result = await runner.run({
          act: 'safeguard-hook',
          project: null,
          cause,
          command: step.command,
          resource: 'safeguards',
          facts: { ORCH_CAUSE: cause },
        });
        return { name, isOk: result.isOk, text: result.text };
      }
      return { name, ...(step.builtIn === 'stop-jobs' ? stopJobs(cause) : await flush(cause)) };
    },
  };
}

/** The step, as people know it. */
export function stepName(step: SafeguardStep): string {
  if ('command' in step) return step.command.run.join(' ').slice(0, 100);
  return step.builtIn === 'stop-jobs' ? 'end all managed jobs' : 'write everything to the disk';
}
