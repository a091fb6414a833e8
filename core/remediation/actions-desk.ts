import type { Action } from '../../shared/contract/remediation.ts';
import type { ActionVerb } from '../../shared/contract/vocabulary.ts';
import type { QuarantineFacts } from '../../shared/policy/facts.ts';
import { rollForwardWait } from '../../shared/remediation/rollback-rule.ts';
import type { ActionBook } from './action-book.ts';
import { actionView, type ActionRecord } from './action-record.ts';
import { rollbackKept, type RollbackKept } from './rollback-kept.ts';

/** Why something cannot be done. */
export interface ActionRefusal {
  readonly refused: 'not-found' | 'conflict';
  readonly text: string;
}

/** What people and scripts may ask of the core's own acts. */
export interface ActionsDesk {
  /** The newest first. */
  list(asked: { readonly project?: string | undefined; readonly limit: number }): Action[];
  one(id: string): Action | ActionRefusal;
  /** By the id, or the beginning of it. What takes time goes on after the answer. */
  answer(id: string, verb: ActionVerb): Action | ActionRefusal;
  /** Why a commit may not be deployed; null when it may. */
  quarantineOf(project: string, commit: string): QuarantineFacts | null;
}

/** Does what a person answered to an act of one kind. Its state was looked at. */
export type Answered = (action: ActionRecord, verb: ActionVerb, who: string) => ActionRefusal | null;

export interface ActionsDeskParts {
  readonly who: string;
  readonly book: ActionBook;
  readonly answers: Readonly<Record<ActionRecord['kind'], Answered>>;
  readonly quarantineOf: ActionsDesk['quarantineOf'];
}

export function createActionsDesk({ who, book, answers, quarantineOf }: ActionsDeskParts): ActionsDesk {
  const found = (id: string): ActionRecord | ActionRefusal => {
    const [action, other] = book.store.find(id);
    if (action === undefined) return { refused: 'not-found', text: 'No such action.' };
    if (other !== undefined)
      return { refused: 'conflict', text: 'Several actions begin like that; give more of the id.' };
    return action;
  };
  return {
    list: (asked) => book.store.list(asked).map(actionView),
    one(id) {
      const action = found(id);
      return isActionRefusal(action) ? action : actionView(action);
    },
    answer(id, verb) {
      const action = found(id);
      if (isActionRefusal(action)) return action;
      if (!action.can.includes(verb)) {
        const can =
          action.can.length === 0 ? 'nothing can be done to it' : `it takes ${action.can.join(', ')}`;
        return { refused: 'conflict', text: `"${verb}" does not fit: it is ${action.state}, ${can}.` };
      }
      const no = answers[action.kind](action, verb, who);
      return no ?? actionView(book.get(action.id) ?? action);
    },
    quarantineOf,
  };
}

export function isActionRefusal(answer: object): answer is ActionRefusal {
  return 'refused' in answer;
}

/** What a person may answer to a rollback. */
export function rollbackAnswers(parts: {
  readonly book: ActionBook;
  readonly run: (id: string, who: string) => void;
  readonly undo: (id: string, who: string) => void;
  /** The level now and its sentence. */
  readonly level: () => { readonly level: string; readonly why: string };
}): Answered {
  return (action, verb, who) => {
    switch (verb) {
      case 'approve':
        parts.run(action.id, who);
        return null;
      case 'decline':
        parts.book.change(action.id, { state: 'declined', text: `Left as it is by ${who}.`, can: [] }, who);
        return null;
      case 'undo': {
        const { level, why } = parts.level();
        const wait = rollForwardWait(level, why);
        if (wait !== null) return { refused: 'conflict', text: wait };
        parts.undo(action.id, who);
        return null;
      }
      case 'retry': {
        const kept: RollbackKept = { ...rollbackKept(action), isQuarantined: false };
        const can = action.can.filter((one) => one !== 'retry');
        const text = `${action.text} ${who} lets the commit try again.`;
        const detail = { ...action.detail, retriedBy: who };
        parts.book.change(action.id, { text, can, kept, detail }, who, 'rollback-retry');
        return null;
      }
      case 'cancel':
        return { refused: 'conflict', text: 'A rollback is not called off; undo it.' };
    }
  };
}
