import type { RoomContext } from '../room.ts';
import { processTable } from './process-table.ts';
import { createRunner, type Runner } from './runner.ts';
import { secretsOfSettings } from './runner-secrets.ts';
import { distrustOf } from './runner-trust.ts';

/** The one runner of a core: only one can keep two runs on the same resource apart. */
export function runnerInHouse(context: Omit<RoomContext, 'runner'>): Runner {
  return createRunner({
    clock: context.clock,
    table: processTable(context.platform),
    record: context.record,
    env: context.env,
    home: context.places.stateDir,
    refusal: distrustInHouse(context),
    secrets: () => secretsOfSettings(context.config()),
  });
}

/** Why nothing that the settings name may be run; null when it may. */
export function distrustInHouse(context: Pick<RoomContext, 'places'>): () => string | null {
  return () => distrustOf(context.places.configPath, process.getuid?.() ?? null);
}
