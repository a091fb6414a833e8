import type { RollbackConfig } from '../../shared/contract/remediation-config.ts';
import type { Trigger } from '../../shared/remediation/trigger.ts';
import type { ActionRecord } from './action-record.ts';

/** What a rollback needs to go on after a restart. Instants are wall clock, milliseconds since 1970. */
export interface RollbackKept {
  readonly deploymentId: string;
  readonly incidentId: string | null;
  readonly trigger: Trigger['kind'];
  readonly config: RollbackConfig;
  readonly folder: string;
  readonly preferred: readonly string[];
  /** When it took something back; null while it has not. */
  readonly doneMs: number | null;
  /** The revert and its branch; null for a command and before. */
  readonly revert: { readonly commit: string; readonly branch: string } | null;
  /** Held until a new commit; false before and once a person lets it try again. */
  readonly isQuarantined: boolean;
}

export function rollbackKept(action: ActionRecord): RollbackKept {
  return action.kept as RollbackKept;
}
