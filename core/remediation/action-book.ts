import { randomUUID } from 'node:crypto';

import type { AuditEntry } from '../../shared/contract/record.ts';
import { isoNow, type Clock } from '../clock.ts';
import type { RecordStore } from '../history/record.ts';
import { isActionOver, type ActionRecord } from './action-record.ts';
import type { ActionStore } from './action-store.ts';

type Begun = Omit<ActionRecord, 'id' | 'beganMs' | 'endedMs'>;
type Changed = Partial<Omit<ActionRecord, 'id' | 'kind' | 'project' | 'beganMs' | 'endedMs'>>;

/** Every act with its record: kept in the table and told in the audit, before and after. */
export interface ActionBook {
  /** Keeps it, and tells of it as `<kind>-<state>`. */
  begin(begun: Begun, actor?: string): ActionRecord;
  /** Changes and keeps it; a new state is told of, with its text, and so is what `act` names. */
  change(id: string, changed: Changed, actor?: string, act?: string): ActionRecord;
  get(id: string): ActionRecord | null;
  /** Those that are not over, oldest first. */
  open(): readonly ActionRecord[];
  readonly store: ActionStore;
}

export interface ActionBookParts {
  readonly clock: Clock;
  readonly record: Pick<RecordStore, 'audit'>;
  readonly store: ActionStore;
  /** An act has another state. */
  readonly onChange: () => void;
}

export function createActionBook({ clock, record, store, onChange }: ActionBookParts): ActionBook {
  const open = new Map(store.open().map((action) => [action.id, action]));
  const put = (action: ActionRecord): void => {
    store.keep(action);
    if (isActionOver(action)) open.delete(action.id);
    else open.set(action.id, action);
  };
  const tell = (action: ActionRecord, actor: string, act = `${action.kind}-${action.state}`): void => {
    const { id, project, title, subject, text, cause } = action;
    const entry: Omit<AuditEntry, 'sequence'> = {
      at: isoNow(clock),
      actor,
      act,
      project,
      cause,
      detail: { id, title, subject, text, ...action.detail },
    };
    record.audit(entry);
  };
  const get = (id: string): ActionRecord | null => open.get(id) ?? store.find(id)[0] ?? null;
  return {
    begin(begun, actor = 'core') {
      const nowMs = clock.wallMs();
      const action = {
        ...begun,
        id: randomUUID(),
        beganMs: nowMs,
        endedMs: isActionOver(begun) ? nowMs : null,
      };
      put(action);
      tell(action, actor);
      onChange();
      return action;
    },
    change(id, changed, actor = 'core', act) {
      const before = get(id);
      if (before === null) throw new Error(`no action ${id}`);
      const merged = { ...before, ...changed };
      const endedMs = isActionOver(merged) ? clock.wallMs() : null;
      const action = { ...merged, endedMs: isActionOver(before) ? (before.endedMs ?? endedMs) : endedMs };
      put(action);
      if (act !== undefined || action.state !== before.state) {
        tell(action, actor, act);
        onChange();
      }
      return action;
    },
    get,
    open: () => [...open.values()].sort((one, other) => one.beganMs - other.beganMs),
    store,
  };
}
