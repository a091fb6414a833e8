import type { Action } from '../../shared/contract/remediation.ts';
import type { ActionKind, ActionState, ActionVerb } from '../../shared/contract/vocabulary.ts';

/** All that must outlive a restart of one act. Instants are wall clock, milliseconds since 1970. */
export interface ActionRecord {
  readonly id: string;
  readonly kind: ActionKind;
  readonly project: string | null;
  readonly subject: string;
  readonly state: ActionState;
  readonly title: string;
  readonly cause: string;
  readonly text: string;
  readonly beganMs: number;
  readonly endedMs: number | null;
  readonly dueMs: number | null;
  readonly undo: string;
  readonly can: readonly ActionVerb[];
  /** As everybody may see it. */
  readonly detail: Readonly<Record<string, unknown>>;
  /** What going on after a restart and undoing need; of the kind's own shape, and shown to nobody. */
  readonly kept: unknown;
}

/** Nothing more will become of it by itself. `active` and `asking` are open: they wait to be undone or answered. */
const OVER: readonly ActionState[] = [
  'helped',
  'not-helped',
  'done',
  'undone',
  'declined',
  'cancelled',
  'observed',
  'failed',
];

export function isActionOver({ state }: Pick<ActionRecord, 'state'>): boolean {
  return OVER.includes(state);
}

export function actionView(record: ActionRecord): Action {
  const { id, kind, project, subject, state, title, cause, text, undo, can, detail } = record;
  return {
    id,
    kind,
    project,
    subject,
    state,
    title,
    cause,
    text,
    beganAt: new Date(record.beganMs).toISOString(),
    endedAt: iso(record.endedMs),
    dueAt: iso(record.dueMs),
    undo,
    can: [...can],
    detail,
  };
}

function iso(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
